import type { KernelRuntime } from './kernels/load-kernels.ts'
import type { Block } from './track-blocks.ts'

/** About 11 Hz and 93 ms at every sample rate. */
const POINTS_AT_44100 = 4096

/** Power spectra of the whole track, one value per bin from DC to just below half the sample rate. */
export interface TrackSpectrum {
  binHz: number
  /** Sum over both sides of the stereo downmix (one side for mono). */
  power: Float64Array
}

export interface SpectrumMeter {
  add(block: Block): void
  finish(): TrackSpectrum
}

export function spectrumPoints(sampleRateHz: number): number {
  return 2 ** Math.round(Math.log2((POINTS_AT_44100 * sampleRateHz) / 44_100))
}

/**
 * Long-term power spectrum: Hann windows that overlap by half.
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
  const [window, spectrum, scratch, work] = [0, 0, 0, 0].map(() => runtime.allocate(size * 4))
  const accumulator = runtime.allocate(bins * 4)
  runtime
    .floats(window ?? 0, size)
    .set(Float32Array.from({ length: size }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size)))
  const power = new Float64Array(bins)
  let nextFrame = 0
  let pending = 0

  function measure(plane: number) {
    kernels.transform(plane, window ?? 0, setup, spectrum ?? 0, scratch ?? 0, work ?? 0, size)
    kernels.addPower(spectrum ?? 0, accumulator, size)
  }

  /** Single precision holds a second of windows well; the track is summed in double precision. */
  function flush() {
    const sums = runtime.floats(accumulator, bins)
    for (let k = 0; k < bins; k++) power[k] = (power[k] ?? 0) + (sums[k] ?? 0)
    sums.fill(0)
    pending = 0
  }

  return {
    add(block) {
      const end = block.startFrame + block.frames
      const lastStart = block.last && nextFrame === 0 ? 0 : end - size
      for (; nextFrame <= lastStart; nextFrame += bins) {
        const offset = (nextFrame - block.startFrame) * 4
        measure(block.left + offset)
        if (!mono) measure(block.right + offset)
        if (++pending * bins >= sampleRateHz) flush()
      }
    },
    finish() {
      flush()
      return { binHz: sampleRateHz / size, power }
    },
  }
}
