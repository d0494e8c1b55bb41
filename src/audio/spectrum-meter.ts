import { type BandSides, recordBandSides } from './band-sides.ts'
import { createSeries } from './hop-grid.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import { recordSpectrumRows, type SpectrumRows } from './spectrum-rows.ts'
import { THIRD_OCTAVES, thirdOctaveEdges } from './third-octaves.ts'
import type { Block } from './track-blocks.ts'

/** About 11 Hz and 93 ms at every sample rate. */
const POINTS_AT_44100 = 4096
/** A delay between the sides stays for long: every fourth window tells enough of it. */
const QUADRATURE_EVERY = 4
const empty = new Float64Array(0)

/** Power spectra of the whole track, one value per bin from DC to just below half the sample rate. */
export interface TrackSpectrum {
  binHz: number
  /** Both sides of the stereo downmix together (one side for mono). */
  power: Float64Array
  left: Float64Array
  /** Empty for mono, like `both`: the real part of the cross spectrum. */
  right: Float64Array
  both: Float64Array
  /** Empty for mono: the imaginary part of the cross spectrum left · conj(right), of every fourth window. */
  quadrature: Float64Array
  /** The seven bands of both sides about every second; no steps for mono. */
  bandSides: BandSides
  frames: number
  /** Distance of two windows. */
  stepSeconds: number
  /** Power of each window in the 30 third octaves, window after window; full-scale sine = 1. */
  bandPowers: Float64Array
  rows: SpectrumRows
}

export interface SpectrumMeter {
  add(block: Block): void
  finish(): TrackSpectrum
}

export function spectrumPoints(sampleRateHz: number): number {
  return 2 ** Math.round(Math.log2((POINTS_AT_44100 * sampleRateHz) / 44_100))
}

/**
 * Long-term and short-term power spectra: Hann windows that overlap by half.
 * A track shorter than one window is measured as one window filled up with silence.
 */
export function createSpectrumMeter(
  sampleRateHz: number,
  mono: boolean,
  runtime: KernelRuntime,
): SpectrumMeter {
  const { kernels } = runtime
  const size = spectrumPoints(sampleRateHz)
  const bins = size / 2
  const setup = runtime.fftSetup(size)
  const at = memoryFor(runtime, size, sampleRateHz)
  const totals = [0, 1, 2, 3].map(() => new Float64Array(bins))
  const binHz = sampleRateHz / size
  const flushEvery = Math.ceil(sampleRateHz / bins)
  const sides = recordBandSides(runtime, { binHz, bins, stepSeconds: (flushEvery * bins) / sampleRateHz })
  const bandPowers = createSeries(2 ** 18)
  /** The power that a full-scale sine has in all its bins together: (N/2)² · Σw²/(Σw)²·… = N²·3/32 for a Hann window. */
  const fullScale = (size * size * 3) / 32
  const rows = recordSpectrumRows(runtime, { binHz, bins, stepSeconds: bins / sampleRateHz, fullScale })
  let nextFrame = 0
  let pending = 0
  let frames = 0

  function measure({ left, right }: Block, offset: number) {
    kernels.transform(left + offset, at.window, setup, at.spectrumLeft, at.scratch, at.work, size)
    if (mono) {
      kernels.powerOf(at.spectrumLeft, at.power, size)
      kernels.addTo(at.power, at.left, bins)
    } else {
      kernels.transform(right + offset, at.window, setup, at.spectrumRight, at.scratch, at.work, size)
      kernels.addSpectra(at.spectrumLeft, at.spectrumRight, at.left, at.right, at.both, at.power, size)
      if (frames % QUADRATURE_EVERY === 0)
        kernels.addQuadrature(at.spectrumLeft, at.spectrumRight, at.quadrature, size)
    }
    rows.add(at.power)
    kernels.bandSums(at.power, at.edges, THIRD_OCTAVES.length, at.bands)
    bandPowers.append(runtime.floats(at.bands, THIRD_OCTAVES.length), 1 / fullScale)
    frames++
  }

  /** Single precision holds a second of windows well; the track is summed in double precision. */
  function flush() {
    if (pending === 0) return
    if (!mono) sides.add(at.left, at.right, at.both)
    for (const [i, pointer] of [at.left, at.right, at.both, at.quadrature].entries()) {
      const sums = runtime.floats(pointer, bins)
      const total = totals[i]
      if (total === undefined) continue
      for (let k = 0; k < bins; k++) total[k] = (total[k] ?? 0) + (sums[k] ?? 0)
      sums.fill(0)
    }
    pending = 0
  }

  return {
    add(block) {
      const end = block.startFrame + block.frames
      const lastStart = block.last && nextFrame === 0 ? 0 : end - size
      for (; nextFrame <= lastStart; nextFrame += bins) {
        measure(block, (nextFrame - block.startFrame) * 4)
        if (++pending === flushEvery) flush()
      }
    },
    finish() {
      flush()
      const [left = empty, right = empty, both = empty, quadrature = empty] = totals
      return {
        binHz,
        power: mono ? left : left.map((value, k) => value + (right[k] ?? 0)),
        left,
        right: mono ? empty : right,
        both: mono ? empty : both,
        quadrature: mono ? empty : quadrature,
        bandSides: sides.finish(),
        frames,
        stepSeconds: bins / sampleRateHz,
        bandPowers: bandPowers.values(),
        rows: rows.finish(),
      }
    },
  }
}

function memoryFor(runtime: KernelRuntime, size: number, sampleRateHz: number) {
  const floats = (count: number) => runtime.allocate(count * 4)
  const memory = {
    window: floats(size),
    spectrumLeft: floats(size),
    spectrumRight: floats(size),
    scratch: floats(size),
    work: floats(size),
    power: floats(size / 2),
    left: floats(size / 2),
    right: floats(size / 2),
    both: floats(size / 2),
    quadrature: floats(size / 2),
    bands: floats(THIRD_OCTAVES.length),
    edges: floats(THIRD_OCTAVES.length + 1),
  }
  runtime
    .floats(memory.window, size)
    .set(Float32Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size)))
  runtime
    .integers(memory.edges, THIRD_OCTAVES.length + 1)
    .set(thirdOctaveEdges(sampleRateHz / size, size / 2))
  return memory
}

/** Power between two frequencies; a bin that straddles an edge counts by the part inside. */
export function powerBetween(
  { binHz, power }: Pick<TrackSpectrum, 'binHz' | 'power'>,
  fromHz: number,
  toHz: number,
): number {
  const first = Math.max(0, Math.floor(fromHz / binHz - 0.5))
  let sum = 0
  for (let k = first; k < power.length && (k - 0.5) * binHz < toHz; k++) {
    const inside = Math.min(toHz / binHz, k + 0.5) - Math.max(fromHz / binHz, k - 0.5)
    if (inside > 0) sum += (power[k] ?? 0) * Math.min(1, inside)
  }
  return sum
}
