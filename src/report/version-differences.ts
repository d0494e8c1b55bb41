import { BANDS } from '../audio/seven-bands.ts'
import { medianOf } from './change-ranges.ts'
import { bandPower } from './profile-sections.ts'
import type { Comparable } from './track-profile.ts'

/** Both sides of a place that is looked at: long enough that where windows begin does not matter. Seconds. */
const HALF_WINDOW_SECONDS = 1
/** Coarse spectrograms of long tracks: at least this many columns either side. */
const HALF_WINDOW_COLUMNS = 2
/** Below this a band is silent, whatever it does. dBFS */
const SILENT_DBFS = -75
/** Bands this far below the loudest are not heard beside it. dB */
const UNHEARD_DB = 55

export interface MatchedPlace {
  seconds: number
  earlierSeconds: number
  /** Looking further would leave the stretch that belongs together. Seconds in the newer version. */
  fromSeconds: number
  toSeconds: number
}

export interface Differences {
  /** What the bands have in common: their median. dB */
  levelDb: (number | null)[]
  /** Per band, beyond that level. dB */
  bandsDb: (number | null)[][]
  correlation: (number | null)[]
}

/** Newer minus earlier at each place: level, bands beyond it, and correlation. */
export function differencesAt(newer: Comparable, earlier: Comparable, places: MatchedPlace[]): Differences {
  const here = bandCurves(newer)
  const there = bandCurves(earlier)
  const bands = places.map((place) => {
    const now = levelsAround(here, place.seconds, place.fromSeconds, place.toSeconds)
    const lag = place.earlierSeconds - place.seconds
    const then = levelsAround(there, place.earlierSeconds, place.fromSeconds + lag, place.toSeconds + lag)
    const heardDb = Math.max(SILENT_DBFS, Math.max(...now, ...then) - UNHEARD_DB)
    return now.map((db, band) => {
      const before = then[band] ?? -120
      if (db < heardDb && before < heardDb) return null
      return Math.max(db, heardDb) - Math.max(before, heardDb)
    })
  })
  const levelDb = bands.map((row) => {
    const known = row.filter((db) => db !== null)
    return known.length === 0 ? null : medianOf(known)
  })
  return {
    levelDb,
    bandsDb: BANDS.map((_, band) =>
      bands.map((row, i) => {
        const db = row[band] ?? null
        const level = levelDb[i] ?? null
        return db === null || level === null ? null : db - level
      }),
    ),
    correlation: places.map((place) => correlationChange(newer, earlier, place)),
  }
}

interface BandCurves {
  stepSeconds: number
  /** Per column, per band. */
  powers: number[][]
}

function bandCurves({ spectrum }: Comparable): BandCurves {
  const spectrogram = spectrum.spectrogram
  if (!spectrogram) return { stepSeconds: 1, powers: [] }
  const { stepSeconds, bandsHz, levelsDb } = spectrogram
  return {
    stepSeconds,
    powers: levelsDb.map((column) =>
      BANDS.map(({ fromHz, toHz }) => bandPower(column, bandsHz, fromHz, toHz)),
    ),
  }
}

/** Level of each band around a place, by a raised-cosine window that stays between two borders. dBFS */
function levelsAround(
  { stepSeconds, powers }: BandCurves,
  seconds: number,
  fromSeconds: number,
  toSeconds: number,
): number[] {
  const half = Math.max(HALF_WINDOW_SECONDS, HALF_WINDOW_COLUMNS * stepSeconds)
  const first = Math.max(0, Math.floor(Math.max(seconds - half, fromSeconds) / stepSeconds))
  const last = Math.min(powers.length, Math.ceil(Math.min(seconds + half, toSeconds) / stepSeconds))
  const sums = BANDS.map(() => 0)
  let weights = 0
  for (let column = first; column < last; column++) {
    const distance = Math.min(1, Math.abs((column + 0.5) * stepSeconds - seconds) / half)
    const weight = 0.5 + 0.5 * Math.cos(Math.PI * distance) + 1e-6
    weights += weight
    for (const band of sums.keys()) sums[band] = (sums[band] ?? 0) + weight * (powers[column]?.[band] ?? 0)
  }
  return sums.map((sum) => (sum > 0 ? 10 * Math.log10(sum / weights) : -120))
}

function correlationChange(newer: Comparable, earlier: Comparable, place: MatchedPlace): number | null {
  const lag = place.earlierSeconds - place.seconds
  const now = correlationAround(newer, place.seconds, place.fromSeconds, place.toSeconds)
  const then = correlationAround(
    earlier,
    place.earlierSeconds,
    place.fromSeconds + lag,
    place.toSeconds + lag,
  )
  return now === null || then === null ? null : now - then
}

function correlationAround(
  { stereo }: Comparable,
  seconds: number,
  fromSeconds: number,
  toSeconds: number,
): number | null {
  const curve = stereo.curve
  if (!curve) return null
  const first = Math.ceil(Math.max(seconds - HALF_WINDOW_SECONDS, fromSeconds, 0) / curve.stepSeconds)
  const end = Math.floor(Math.min(seconds + HALF_WINDOW_SECONDS, toSeconds) / curve.stepSeconds)
  const known = curve.correlation.slice(first, Math.max(first, end)).filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}
