import type { KernelRuntime } from './kernels/load-kernels.ts'
import type { TrackSpectrum } from './spectrum-meter.ts'
import { LOW_BINS } from './spectrum-rows.ts'

/** Something that holds its level for this many windows (0.19 s) is held; what is shorter or falls fast is a stroke. */
const HELD_WINDOWS = 4
/** What sounds on under a stroke holds its level for this many (0.37 s): a drum's own ringing is gone by then. */
const LASTING_WINDOWS = 8
/** Bins of 11 Hz are taken by twos: their windows resolve no more. Those below the first are under 16 Hz. */
const FIRST_BIN = 2
const BANDS = (LOW_BINS - FIRST_BIN) / 2
/** To 102 Hz. */
const LOWER_BANDS = 4
/** A stroke lifts the low end by this much (6 dB) within two windows, or its lower half by this much (8 dB) … */
const STROKE_RISE = 4
const LOWER_RISE = 6.3
/** … or that half by this much (2 dB) where a transient begins in the whole spectrum: bass may sound under it. */
const STRUCK_RISE = 1.6
/** A stroke lasts this many windows at most: 0.4 s. */
const STROKE_WINDOWS = 8
/** Two strokes are at least this many windows apart: 0.14 s. */
const APART_WINDOWS = 3
/** Strokes weaker than this part of the strongest are none: −30 dB. */
const WEAK_STROKE = 1e-3

/** The low end, 16–210 Hz, in nine bands of two bins, parted into what is held and what comes in strokes. */
export interface LowParts {
  /** About 22 Hz. */
  bandHz: number
  /** Lower edge of the first band. */
  fromHz: number
  bands: number
  stepSeconds: number
  frames: number
  /** Band after band, `frames` values each (full-scale sine = 1): power of the windows, the part of it that is held … */
  powers: Float32Array
  held: Float32Array
  /** … and the part that lasts longer than a stroke rings. */
  lasting: Float32Array
  /** Windows at which a stroke begins. */
  strokes: number[]
  /** For each window 1 while a stroke is under way. */
  struck: Uint8Array
}

/**
 * Parts the low end by a morphological opening of each band over 0.19 s: what is shorter, or falls as fast as a drum,
 * stands above the opened level.
 * @param transientSeconds where sounds begin, rising
 */
export function partLowEnd(
  { rows: { low }, binHz, stepSeconds }: TrackSpectrum,
  transientSeconds: readonly number[],
  runtime: KernelRuntime,
): LowParts {
  const frames = low.count()
  const powers = new Float32Array(frames * BANDS)
  for (let frame = 0; frame < frames; frame++) {
    const row = low.at(frame)
    for (let band = 0; band < BANDS; band++) {
      const bin = FIRST_BIN + 2 * band
      powers[band * frames + frame] = (row[bin] ?? 0) + (row[bin + 1] ?? 0)
    }
  }
  const held = openedBands(powers, frames, HELD_WINDOWS, runtime)
  const lasting = openedBands(powers, frames, LASTING_WINDOWS, runtime)
  const strokes = findStrokes({ powers, held, frames, stepSeconds }, transientSeconds)
  return {
    ...{ bandHz: 2 * binHz, fromHz: (FIRST_BIN - 0.5) * binHz, bands: BANDS, stepSeconds, frames },
    ...{ powers, held, lasting, strokes, struck: struckWindows(strokes, frames) },
  }
}

function openedBands(
  powers: Float32Array,
  frames: number,
  width: number,
  runtime: KernelRuntime,
): Float32Array {
  const result = new Float32Array(powers.length)
  const memory = runtime.allocate(4 * frames + 16)
  for (let from = 0; from < powers.length; from += frames) {
    runtime.floats(memory, frames).set(powers.subarray(from, from + frames))
    runtime.kernels.opened(memory, frames, width)
    result.set(runtime.floats(memory, frames), from)
  }
  return result
}

/** Windows in which the low end, or its lower half, rises above what is held. */
function findStrokes(
  { frames, powers, held, stepSeconds }: Pick<LowParts, 'frames' | 'powers' | 'held' | 'stepSeconds'>,
  transientSeconds: readonly number[],
): number[] {
  const lower = new Float64Array(frames)
  const whole = new Float64Array(frames)
  const above = new Float64Array(frames)
  for (let band = 0; band < BANDS; band++) {
    for (let frame = 0; frame < frames; frame++) {
      const power = powers[band * frames + frame] ?? 0
      whole[frame] = (whole[frame] ?? 0) + power
      above[frame] = (above[frame] ?? 0) + power - (held[band * frames + frame] ?? 0)
    }
    if (band + 1 === LOWER_BANDS) lower.set(whole)
  }
  const begins = new Uint8Array(frames)
  for (const seconds of transientSeconds) {
    // The middle of window i stands i + 1 steps after the start.
    const window = Math.round(seconds / stepSeconds) - 1
    begins.fill(1, Math.max(0, window - 1), Math.max(0, window + 3))
  }
  const strongest = above.reduce((most, power) => Math.max(most, power), 0)
  const rises = (values: Float64Array, i: number, by: number) => (values[i] ?? 0) > by * (values[i - 2] ?? 0)
  const found: number[] = []
  for (let i = 0; i < frames; i++) {
    if ((above[i] ?? 0) <= WEAK_STROKE * strongest || i - (found.at(-1) ?? -APART_WINDOWS) < APART_WINDOWS)
      continue
    const struck = rises(whole, i, STROKE_RISE) || rises(lower, i, LOWER_RISE)
    if (struck || (begins[i] === 1 && rises(lower, i, STRUCK_RISE))) found.push(i)
  }
  return found
}

function struckWindows(strokes: readonly number[], frames: number): Uint8Array {
  const struck = new Uint8Array(frames)
  for (const stroke of strokes)
    struck.fill(1, Math.max(0, stroke - 1), Math.min(frames, stroke + STROKE_WINDOWS))
  return struck
}
