/** Every curve is measured on hops of 10 ms, because momentary loudness must be asked that often to find its maximum. */
export const HOPS_PER_SECOND = 100

/** Frame at which hop `index` begins; hops differ by one frame where 10 ms is no whole number of frames. */
export function hopStart(index: number, sampleRateHz: number): number {
  return Math.round((index * sampleRateHz) / HOPS_PER_SECOND)
}

/** A list of numbers that grows, without the cost of boxed numbers. */
export interface Series {
  push(value: number): void
  /** Appends each value times `gain`. */
  append(values: Float32Array | Float64Array, gain?: number): void
  /** The values so far; a view that the next push may outgrow. */
  values(): Float64Array
  length(): number
}

export function createSeries(capacity = 32_768): Series {
  let store = new Float64Array(capacity)
  let length = 0

  function grow(needed: number) {
    const larger = new Float64Array(Math.max(needed, store.length * 2))
    larger.set(store)
    store = larger
  }

  return {
    push(value) {
      if (length === store.length) grow(length + 1)
      store[length++] = value
    },
    append(values, gain = 1) {
      if (length + values.length > store.length) grow(length + values.length)
      for (let i = 0; i < values.length; i++) store[length++] = (values[i] ?? 0) * gain
    },
    values: () => store.subarray(0, length),
    length: () => length,
  }
}
