import { type BassPeaks, recordBassPeaks } from './bass-peaks.ts'
import { createSeries, type Series } from './hop-grid.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import { type MainsWatch, recordMains } from './mains-watch.ts'
import type { Block } from './track-blocks.ts'

/** Notes are looked for in a thinned signal of about this rate: harmony lives below 2.5 kHz. */
const THINNED_RATE_HZ = 11_025
/** 0.37 s and 2.7 Hz: semitones part from 45 Hz on. */
const POINTS = 4096
const STEP = POINTS / 2
const TAPS_PER_FACTOR = 10
/** Thinned samples kept beyond one window: what a block brings at most. */
const ROOM = 8192
const BASS_FROM_HZ = 40
const FROM_HZ = 60
const BASS_TO_HZ = 250
const TO_HZ = 2100
/** Chroma in thirds of a semitone, so that the tuning can still be found. */
export const FINE_STEPS = 36
const A4_HZ = 440
/** Peaks weaker than this part of the strongest in the window are noise or leakage: −20 dB. */
const WEAK = 0.1
/** A tone stands this much (power) above what lies three and four bins beside it; noise does not. */
const PROMINENCE = 30
/** Loudness of a peak from its amplitude, between counting all alike and counting the loudest alone. */
const COMPRESSION = 0.7
/** What the harmony is measured from. */
export interface Tones {
  stepSeconds: number
  frames: number
  /** Per frame, 36 values: magnitudes of spectral peaks by pitch class, thirds of a semitone, from C. */
  chroma: Float64Array
  /** Per frame, 12 values: the same of the bass alone (40–250 Hz), whole semitones at A = 440 Hz. */
  bassChroma: Float64Array
  /** Deviation of the peaks from equal temperament at A = 440 Hz, as a vector sum per ±50 cents. */
  tuning: { x: number; y: number }
  mains: MainsWatch
  bassPeaks: BassPeaks
}

export interface ToneMeter {
  add(block: Block): void
  finish(): Tones
}

/** Spectral peaks of the mid channel below 2.1 kHz, folded into one octave. */
export function createToneMeter(sampleRateHz: number, runtime: KernelRuntime): ToneMeter {
  const { kernels } = runtime
  const factor = Math.max(1, Math.round(sampleRateHz / THINNED_RATE_HZ))
  const rateHz = sampleRateHz / factor
  const binHz = rateHz / POINTS
  const length = 4 * Math.ceil((TAPS_PER_FACTOR * factor) / 4)
  const setup = runtime.fftSetup(POINTS)
  const at = memoryFor(runtime, factor, length)
  const [chroma, bassChroma] = [createSeries(2 ** 17), createSeries()]
  const tuning = { x: 0, y: 0 }
  const fullScale = (POINTS * POINTS * 3) / 32
  const bassPeaks = recordBassPeaks(binHz, fullScale)
  const mains = recordMains(binHz, POINTS)
  let nextFrame = 0
  let held = 0
  let frames = 0

  function thin({ mid, startFrame, frames: blockFrames }: Block) {
    const count = Math.floor((startFrame + blockFrames - nextFrame - length) / factor) + 1
    if (count <= 0) return
    const offset = (nextFrame - startFrame) * 4
    kernels.decimate(mid + offset, at.thinned + held * 4, count, factor, at.taps, length)
    held += count
    nextFrame += count * factor
  }

  function measure(from: number) {
    const samples = at.thinned + from * 4
    kernels.transform(samples, at.window, setup, at.spectrum, at.scratch, at.work, POINTS)
    kernels.powerOf(at.spectrum, at.power, POINTS)
    const power = runtime.floats(at.power, POINTS / 2)
    addPeaks(power, binHz, chroma, bassChroma, tuning)
    bassPeaks.add(power)
    mains.add(runtime.floats(at.spectrum, POINTS))
    frames++
  }

  return {
    add(block) {
      thin(block)
      let from = 0
      for (; from + POINTS <= held; from += STEP) measure(from)
      const samples = runtime.floats(at.thinned, POINTS + ROOM)
      samples.copyWithin(0, from, held)
      held -= from
    },
    finish: () => ({
      stepSeconds: STEP / rateHz,
      frames,
      chroma: chroma.values(),
      bassChroma: bassChroma.values(),
      tuning,
      mains: mains.finish(STEP / rateHz),
      bassPeaks,
    }),
  }
}

/** Adds one frame of chroma: peaks by parabolic interpolation of the magnitudes. */
function addPeaks(
  power: Float32Array,
  binHz: number,
  chroma: Series,
  bass: Series,
  tuning: { x: number; y: number },
) {
  const fine = new Float64Array(FINE_STEPS)
  const low = new Float64Array(12)
  const first = Math.max(5, Math.ceil(BASS_FROM_HZ / binHz))
  const last = Math.min(power.length - 5, Math.floor(TO_HZ / binHz))
  let strongest = 0
  for (let k = first; k <= last; k++) strongest = Math.max(strongest, power[k] ?? 0)
  const threshold = Math.max(strongest * WEAK * WEAK, 1e-3)
  for (let k = first; k <= last; k++) {
    const here = power[k] ?? 0
    const before = power[k - 1] ?? 0
    const after = power[k + 1] ?? 0
    if (here < threshold || here <= before || here < after || !stands(power, k)) continue
    const a = Math.sqrt(before)
    const b = Math.sqrt(here)
    const c = Math.sqrt(after)
    const hz = (k + (0.5 * (a - c)) / (a - 2 * b + c)) * binHz
    const pitch = 69 + 12 * Math.log2(hz / A4_HZ)
    const magnitude = b ** COMPRESSION
    const turn = 2 * Math.PI * (pitch - Math.round(pitch))
    tuning.x += magnitude * Math.cos(turn)
    tuning.y += magnitude * Math.sin(turn)
    if (hz >= FROM_HZ) {
      const step = ((Math.round(pitch * 3) % FINE_STEPS) + FINE_STEPS) % FINE_STEPS
      fine[step] = (fine[step] ?? 0) + magnitude
    }
    if (hz < BASS_TO_HZ) {
      const note = ((Math.round(pitch) % 12) + 12) % 12
      low[note] = (low[note] ?? 0) + magnitude
    }
  }
  chroma.append(fine)
  bass.append(low)
}

function stands(power: Float32Array, k: number): boolean {
  const beside = Math.min(power[k - 4] ?? 0, power[k - 3] ?? 0, power[k + 3] ?? 0, power[k + 4] ?? 0)
  return (power[k] ?? 0) > PROMINENCE * beside
}

function memoryFor(runtime: KernelRuntime, factor: number, length: number) {
  const floats = (count: number) => runtime.allocate(count * 4)
  const memory = {
    thinned: floats(POINTS + ROOM + 64),
    window: floats(POINTS),
    scratch: floats(POINTS),
    spectrum: floats(POINTS),
    work: floats(POINTS),
    power: floats(POINTS / 2),
    taps: floats(length),
  }
  runtime
    .floats(memory.window, POINTS)
    .set(Float32Array.from({ length: POINTS }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / POINTS)))
  runtime.floats(memory.taps, length).set(lowPass(factor, length))
  return memory
}

/** Windowed sinc that keeps what lies below 0.4 of the thinned rate; a single tap when nothing is thinned. */
function lowPass(factor: number, length: number): Float32Array {
  if (factor === 1) return Float32Array.from({ length }, (_, i) => (i === 0 ? 1 : 0))
  const taps = Array.from({ length }, (_, i) => {
    const x = i - (length - 1) / 2
    const cutoff = 0.4 / factor
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length)
    return (Math.sin(2 * Math.PI * cutoff * x) / (Math.PI * x)) * window
  })
  const gain = taps.reduce((sum, tap) => sum + tap, 0)
  return Float32Array.from(taps, (tap) => tap / gain)
}
