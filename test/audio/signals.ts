/** Test signals written from the definitions of the standards: one Float64Array per channel, full scale = 1. */

export const lin = (db: number): number => 10 ** (db / 20)

/** A tone whose level changes at the borders of segments, with one running phase. null = silence. */
export function tone(
  sampleRateHz: number,
  segments: readonly (readonly [seconds: number, dbfs: number | null])[],
  frequencyHz = 1000,
): Float64Array {
  let elapsed = 0
  const ends = segments.map(([seconds]) => {
    elapsed += seconds
    return Math.round(elapsed * sampleRateHz)
  })
  const samples = new Float64Array(ends.at(-1) ?? 0)
  let at = 0
  for (const [index, [, dbfs]] of segments.entries()) {
    const amplitude = dbfs === null ? 0 : lin(dbfs)
    for (; at < (ends[index] ?? 0); at++) {
      samples[at] = amplitude * Math.sin((2 * Math.PI * frequencyHz * at) / sampleRateHz)
    }
  }
  return samples
}

export const stereo = (samples: Float64Array): Float64Array[] => [samples, samples]

export function scaled(samples: Float64Array, dbfs: number): Float64Array {
  return samples.map((sample) => sample * lin(dbfs))
}

/** Raised-cosine fades of 10 ms, so that no edge rings. */
export function faded(samples: Float64Array, sampleRateHz: number): Float64Array {
  const length = Math.round(sampleRateHz / 100)
  return samples.map((sample, i) => {
    const edge = Math.min(i, samples.length - 1 - i)
    return edge >= length ? sample : sample * (0.5 - 0.5 * Math.cos((Math.PI * edge) / length))
  })
}

/** Repeatable noise in −1…1 (mulberry32). */
export function noise(frames: number, seed: number): Float64Array {
  let state = seed >>> 0
  return Float64Array.from({ length: frames }, () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1
  })
}

/** The value of a band-limited signal between its samples, by a sinc over everything given. */
export function between(samples: Float64Array, position: number): number {
  let sum = 0
  for (let k = 0; k < samples.length; k++) {
    const x = Math.PI * (position - k)
    sum += (samples[k] ?? 0) * (x === 0 ? 1 : Math.sin(x) / x)
  }
  return sum
}
