import type { Fused } from '../fuse.ts'
import { columnsIn } from '../observed.ts'
import { powersIn } from '../unmix.ts'
import { bandsWithin, correlationsOf } from './correlations.ts'
import type { ProblemPlace } from './problem.ts'
import { type Settings, settingsOf } from './settings.ts'
import { isBus, type Suspect } from './suspects.ts'

/** Everything that speaks for or against one suspect at one place. Levels in dB. */
export interface Evidence {
  suspect: Suspect
  settings: Settings
  bus: boolean
  /** Part of the sound in the band at the place, 0…1. */
  share: number
  /** How far it stands above its own neighbouring bands, beyond what such a part has. */
  bumpDb: number
  /** How far it stands above what such a part has in this band. */
  liftDb: number
  /** The same over the whole spectrum. */
  levelLiftDb: number
  /** Largest part that it has in any of the wide bands, 0…1. */
  widestShare: number
  /** By how much the band falls in the mix without its equalisers' boost, and without its bump. */
  boostEffectDb: number
  bumpEffectDb: number
  /** Likeness of left and right, and what such a part usually has; null on buses. */
  correlation: number | null
  usualCorrelation: number | null
  /** Fader and device gains against the middle of the other tracks. */
  gainOverOthersDb: number
  /** Spread that is left in the estimate, 0 (sure)…1 (as before looking). */
  doubt: number
}

/** Wide bands in which a part may take over the mix, Hz. */
export const WIDE_BANDS = [
  [40, 120],
  [120, 300],
  [300, 2000],
  [2000, 5000],
  [5000, 16_000],
] as const
const NEIGHBOURHOOD = 2.2
const USUAL_SPREAD = 1.6

const db = (ratio: number) => 10 * Math.log10(Math.max(1e-9, ratio))
const limited = (value: number, most: number) => Math.max(-most, Math.min(most, value))

/** @param correlations the same for every place, so that many places share them */
export function gatherEvidence(
  fused: Fused,
  suspects: readonly Suspect[],
  place: ProblemPlace,
  correlations = correlationsOf(fused),
): Evidence[] {
  const { observed, unmixed } = fused
  const count = fused.tracks.length
  const columns = columnsIn(observed, place.times)
  const bands = bandsWithin(fused, place.fromHz ?? 0, place.toHz ?? 30_000)
  const near = neighbours(fused, bands)
  const here = powersIn(unmixed, count, bands, columns)
  const around = powersIn(unmixed, count, near, columns)
  const wide = WIDE_BANDS.map(([fromHz, toHz]) =>
    powersIn(unmixed, count, bandsWithin(fused, fromHz, toHz), columns),
  )
  const heard = powersIn(unmixed, count, bandsWithin(fused, 100, 12_000), columns)
  const bandsHz = bands.map((band) => observed.bandsHz[band] ?? 0)
  const settings = suspects.map((suspect) => settingsOf(suspect, bandsHz))
  const gains = settings.map(({ faderDb, gainDb }, i) =>
    suspects[i] !== undefined && !isBus(suspects[i]) ? faderDb + gainDb : null,
  )
  return suspects.map((suspect, i) => {
    const own = settings[i] ?? settingsOf(suspect, bandsHz)
    const sum = (values: Float64Array) =>
      suspect.members.reduce((all, member) => all + (values[member] ?? 0), 0)
    const share = Math.min(1, sum(here.tracks) / Math.max(1e-15, here.all))
    const liftDb = db(sum(here.tracks) / Math.max(1e-15, sum(here.usual)))
    const aroundDb = db(sum(around.tracks) / Math.max(1e-15, sum(around.usual)))
    const bumpDb = limited(near.length === 0 ? 0 : liftDb - aroundDb, 20)
    const [member] = suspect.members
    return {
      suspect,
      settings: own,
      bus: isBus(suspect),
      share,
      bumpDb,
      liftDb: limited(liftDb, 20),
      levelLiftDb: limited(db(sum(heard.tracks) / Math.max(1e-15, sum(heard.usual))), 20),
      widestShare: Math.max(...wide.map(({ tracks, all }) => sum(tracks) / Math.max(1e-15, all))),
      boostEffectDb: effectDb(share, own.boostDb),
      bumpEffectDb: effectDb(share, Math.max(0, bumpDb)),
      correlation: isBus(suspect) ? null : (correlations.estimated[member ?? 0] ?? null),
      usualCorrelation: isBus(suspect) ? null : (correlations.usual[member ?? 0] ?? null),
      gainOverOthersDb: isBus(suspect) ? 0 : limited(own.faderDb + own.gainDb - middleOf(gains, i), 20),
      doubt: doubtOf(fused, suspect, bands),
    }
  })
}

/** By how much a sum falls when one of its parts falls. */
export function effectDb(share: number, byDb: number): number {
  return -db(1 - share * (1 - 10 ** (-byDb / 10)))
}

function neighbours({ observed }: Fused, bands: readonly number[]): number[] {
  const first = observed.bandsHz[bands[0] ?? 0] ?? 0
  const last = observed.bandsHz[bands.at(-1) ?? 0] ?? 0
  return [...observed.bandsHz.keys()].filter((band) => {
    const hz = observed.bandsHz[band] ?? 0
    return !bands.includes(band) && hz >= first / NEIGHBOURHOOD && hz <= last * NEIGHBOURHOOD
  })
}

function middleOf(values: readonly (number | null)[], except: number): number {
  const others = values
    .flatMap((value, i) => (value === null || i === except ? [] : [value]))
    .sort((a, b) => a - b)
  return others[Math.floor(others.length / 2)] ?? values[except] ?? 0
}

/** Weighed by power: the doubt about the component that carries the band. */
function doubtOf({ unmixed, observed }: Fused, { members }: Suspect, bands: readonly number[]): number {
  const perBand = observed.bandsHz.length
  let weights = 0
  let doubts = 0
  for (const [k, { track }] of unmixed.components.entries()) {
    if (!members.includes(track)) continue
    for (const band of bands) {
      const gain = unmixed.gains[k * perBand + band] ?? 0
      weights += gain
      doubts += gain * (unmixed.doubts[k * perBand + band] ?? 0)
    }
  }
  return weights > 0 ? doubts / weights / USUAL_SPREAD : 1
}
