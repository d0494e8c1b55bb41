import type { Comparable } from './track-profile.ts'

/** Third octaves are joined by threes: enough to tell moments apart. */
const JOINED = 3
/** About a beat in all. */
const HALF_WINDOW_SECONDS = 0.25
/** What lies further below the middle of a feature is as good as silent. dB */
const DEPTH_DB = 30

/** A track as rows of features at even steps, each relative to its own middle: a gain or an equaliser leaves no trace. */
export interface Frames {
  count: number
  width: number
  values: Float32Array
  /** The row of silence. */
  floor: Float32Array
}

/** Loudness and the spectrum in ten groups, from the curves of a stored report. */
export function framesOf(track: Comparable, stepSeconds: number): Frames {
  const count = Math.max(1, Math.floor(track.source.durationSeconds / stepSeconds))
  const rows = featureReaders(track).map((read) =>
    Float32Array.from({ length: count }, (_, i) => read((i + 0.5) * stepSeconds)),
  )
  const width = rows.length
  const values = new Float32Array(count * width)
  const floor = new Float32Array(width).fill(-DEPTH_DB)
  for (const [feature, row] of rows.entries()) {
    const middle = middleOf(row)
    for (let i = 0; i < count; i++) values[i * width + feature] = Math.max(-DEPTH_DB, (row[i] ?? 0) - middle)
  }
  return { count, width, values, floor }
}

type Reader = (seconds: number) => number

function featureReaders({ loudness, spectrum }: Comparable): Reader[] {
  const { stepSeconds, momentaryLufs } = loudness.curve
  const readLoudness: Reader = (seconds) => momentaryLufs[Math.round(seconds / stepSeconds)] ?? -120
  const spectrogram = spectrum.spectrogram
  if (!spectrogram) return [readLoudness]
  const groups = Math.floor(spectrogram.bandsHz.length / JOINED)
  return [readLoudness, ...Array.from({ length: groups }, (_, group) => groupReader(spectrogram, group))]
}

type Spectrogram = NonNullable<Comparable['spectrum']['spectrogram']>

/** Mean power of a group of bands around a place: the grids of two versions never fall alike, means over a beat do. */
function groupReader({ stepSeconds, levelsDb }: Spectrogram, group: number): Reader {
  const sums = new Float64Array(levelsDb.length + 1)
  for (const [i, column] of levelsDb.entries()) {
    let power = 0
    for (const db of column.slice(group * JOINED, (group + 1) * JOINED)) power += 10 ** (db / 10)
    sums[i + 1] = (sums[i] ?? 0) + power
  }
  /** The integral of the power up to a place, between columns too. */
  const upTo = (columns: number) => {
    const place = Math.min(Math.max(columns, 0), levelsDb.length)
    const whole = Math.floor(place)
    const next = sums[whole + 1] ?? sums[whole] ?? 0
    return (sums[whole] ?? 0) + (place - whole) * (next - (sums[whole] ?? 0))
  }
  const half = Math.max(HALF_WINDOW_SECONDS / stepSeconds, 0.5)
  return (seconds) => {
    const centre = seconds / stepSeconds
    const power = (upTo(centre + half) - upTo(centre - half)) / (2 * half)
    return 10 * Math.log10(power + 1e-12)
  }
}

/** The median of what sounds. */
function middleOf(row: Float32Array): number {
  const sounding = row.filter((value) => value > -100).sort()
  return sounding[sounding.length >> 1] ?? -120
}
