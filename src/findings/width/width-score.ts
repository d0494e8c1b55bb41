import type { Judged } from '../rule.ts'
import { WIDTH_MODEL } from './width-weights.ts'

/** Widths beyond these are as good as mono, and as good as no middle. dB */
const NARROWEST_DB = -30
const WIDEST_DB = 12
/** Bands narrower than this do not make the others less wide. dB */
const NARROW_DB = -8
const BANDS = 7
/** A side so far below the middle is wide nowhere that matters, whatever single bands hold. dB */
const LEAST_WIDE_DB = -14

const clamp = (db: number) => Math.max(NARROWEST_DB, Math.min(WIDEST_DB, db))

/**
 * What of the stereo image says whether the side was raised: the width of the whole, of each band, of the second, fourth and
 * sixth widest, how far bands differ, and the mean with narrow ones held. Music is wide in some bands; a side that was raised is
 * wide in all.
 * @returns null for mono and where bands were not measured
 */
export function widthInputs({ stereo }: Pick<Judged, 'stereo'>): number[] | null {
  const whole = stereo.widthDb ?? null
  if (whole === null || whole <= NARROWEST_DB || stereo.bands?.length !== BANDS) return null
  return inputsOf(
    whole,
    stereo.bands.map(({ widthDb }) => widthDb ?? whole),
  )
}

/** The same of widths in dB: what raising the side by some dB does is adding to all of them. */
export function inputsOf(whole: number, bands: readonly number[]): number[] {
  const widths = bands.map(clamp)
  const order = widths.toSorted((a, b) => a - b)
  const [lowest = 0, second = 0, , fourth = 0, , sixth = 0, highest = 0] = order
  const held = widths.reduce((sum, width) => sum + Math.max(NARROW_DB, width), 0) / BANDS
  return [clamp(whole), ...widths, second, fourth, sixth, highest - lowest, held]
}

/** Steps in which the width is brought down to see how much of it is too much. dB */
const STEP_DB = 0.1
const MOST_DB = 30

/**
 * How much too wide the image is, and how sure that is.
 * @returns excessDb: by how much the side must be lowered for nothing to be said; confidence 0…1, as counted on planted
 * faults; null for mono and for images that are not called too wide
 */
export function tooWideBy({
  stereo,
}: Pick<Judged, 'stereo'>): { excessDb: number; confidence: number } | null {
  const inputs = widthInputs({ stereo })
  const whole = stereo.widthDb ?? null
  if (inputs === null || whole === null || whole < LEAST_WIDE_DB) return null
  const score = scoreOf(inputs)
  if (score < WIDTH_MODEL.called) return null
  const bands = (stereo.bands ?? []).map(({ widthDb }) => widthDb ?? whole)
  let excessDb = 0
  const lowered = () =>
    inputsOf(
      whole - excessDb,
      bands.map((band) => band - excessDb),
    )
  while (excessDb < MOST_DB && scoreOf(lowered()) >= WIDTH_MODEL.called) excessDb += STEP_DB
  const { bias, slope } = WIDTH_MODEL.odds
  return { excessDb, confidence: 1 / (1 + Math.exp(-(bias + slope * score))) }
}

/** Natural logarithm of the odds that the side was raised. */
function scoreOf(inputs: readonly number[]): number {
  return inputs.reduce((sum, input, i) => sum + (WIDTH_MODEL.weights[i] ?? 0) * input, WIDTH_MODEL.bias)
}
