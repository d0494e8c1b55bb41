import type { AudioMeasures } from '../audio/contract.ts'

const FLOOR_DBFS = -120

/** The mix as powers over time: what all evidence is read from. */
export interface Observed {
  columns: number
  bandsHz: readonly number[]
  stepSeconds: number
  /** Power of a full-scale sine = 1; column after column. */
  powers: Float64Array
  /** The same in dB of full scale. */
  levelsDb: Float64Array
  /** Mean power of each band. */
  means: Float64Array
  durationSeconds: number
}

/** @returns null without a spectrogram, or when it is silent throughout */
export function observe(audio: Pick<AudioMeasures, 'spectrum' | 'source'>): Observed | null {
  const { spectrogram } = audio.spectrum
  if (spectrogram === undefined || spectrogram.levelsDb.length < 2) return null
  const levelsDb = Float64Array.from(spectrogram.levelsDb.flat())
  if (levelsDb.every((level) => level <= FLOOR_DBFS)) return null
  const powers = levelsDb.map((level) => 10 ** (level / 10))
  const bands = spectrogram.bandsHz.length
  return {
    columns: spectrogram.levelsDb.length,
    bandsHz: spectrogram.bandsHz,
    stepSeconds: spectrogram.stepSeconds,
    powers,
    levelsDb,
    means: Float64Array.from({ length: bands }, (_, band) => meanOf(powers, band, bands)),
    durationSeconds: audio.source.durationSeconds,
  }
}

/** Windows of about 93 ms every 46 ms lie behind each column. */
const HOP_SECONDS = 0.0464

function meanOf(powers: Float64Array, band: number, bands: number): number {
  let sum = 0
  for (let at = band; at < powers.length; at += bands) sum += powers[at] ?? 0
  return (sum * bands) / powers.length
}

/** The columns of the mix on the time line of the set: a window of 93 ms hears half a hop more than it steps. */
export function columnsAt({ columns, stepSeconds, bandsHz }: Observed, offsetSeconds: number) {
  return { startSeconds: offsetSeconds + HOP_SECONDS / 2, stepSeconds, count: columns, bandsHz }
}

/** Columns whose middle lies between two times of the file; all of them when the stretch is shorter than one. */
export function columnsBetween(
  { columns, stepSeconds }: Observed,
  startSeconds: number,
  endSeconds: number,
): number[] {
  const all = Array.from({ length: columns }, (_, column) => column)
  const inside = all.filter((column) => {
    const middle = (column + 0.5) * stepSeconds + HOP_SECONDS / 2
    return middle >= startSeconds && middle <= endSeconds
  })
  return inside.length > 0 ? inside : all
}

/** Columns that any of these stretches touches; all of them where none is given or none is touched. */
export function columnsIn(
  observed: Pick<Observed, 'columns' | 'stepSeconds'>,
  times: readonly { startSeconds: number; endSeconds: number }[],
): number[] {
  const all = Array.from({ length: observed.columns }, (_, column) => column)
  const inside = all.filter((column) => {
    const from = column * observed.stepSeconds + HOP_SECONDS / 2
    return times.some(
      ({ startSeconds, endSeconds }) => startSeconds < from + observed.stepSeconds && endSeconds >= from,
    )
  })
  return inside.length > 0 ? inside : all
}
