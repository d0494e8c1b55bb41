import { createSeries } from './hop-grid.ts'

const MAINS_HZ = [50, 60]
const HARMONICS = [1, 2, 3, 4, 5, 6, 7]

export interface MainsTone {
  mainsHz: number
  harmonic: number
  frequencyHz: number
}

export const MAINS_TONES: readonly MainsTone[] = MAINS_HZ.flatMap((mainsHz) =>
  HARMONICS.map((harmonic) => ({ mainsHz, harmonic, frequencyHz: mainsHz * harmonic })),
)

/** Where mains hum would stand, window by window. */
export interface MainsWatch {
  stepSeconds: number
  frames: number
  /** Per frame, per tone of MAINS_TONES: real and imaginary part of its bin; a full-scale sine has the size 1. */
  values: Float64Array
}

/** Keeps the complex value of the bin next to each mains tone. @param spectrum interleaved real and imaginary parts, Hann window */
export function recordMains(binHz: number, points: number) {
  const values = createSeries(2 ** 16)
  const at = MAINS_TONES.map(({ frequencyHz }) => {
    const bin = Math.round(frequencyHz / binHz)
    return { place: 2 * bin, scale: 4 / points / hannResponse(frequencyHz / binHz - bin) }
  })
  let frames = 0
  return {
    add(spectrum: Float32Array) {
      for (const { place, scale } of at) {
        values.push((spectrum[place] ?? 0) * scale)
        values.push((spectrum[place + 1] ?? 0) * scale)
      }
      frames++
    },
    finish: (stepSeconds: number): MainsWatch => ({ stepSeconds, frames, values: values.values() }),
  }
}

/** What a Hann window leaves of a tone this many bins beside the bin's centre. @param bins −0.5…0.5 */
function hannResponse(bins: number): number {
  return bins === 0 ? 1 : Math.sin(Math.PI * bins) / (Math.PI * bins * (1 - bins * bins))
}
