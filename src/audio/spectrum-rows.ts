import type { KernelRuntime } from './kernels/load-kernels.ts'
import { createRows, type Rows } from './rows.ts'

/** Bins of the low end: 0 to about 215 Hz. */
export const LOW_BINS = 20
/** Windows that are joined to one row of levels: 0.28 s. */
const WINDOWS_PER_ROW = 6
const LEVELS_FROM_HZ = 75
const LEVELS_TO_HZ = 15_200
/** Levels are kept in half decibels above −120 dB of a full-scale sine. */
export const LEVELS_PER_DB = 2
const LEVEL_FLOOR = 1e12

/** What of the windows is kept one by one, or a few together. */
export interface SpectrumRows {
  /** Power of the lowest bins in each window; full-scale sine = 1, spread over its bins. */
  low: Rows<Float32Array>
  /** Mean level of the bins from `firstBin` on, in half decibels above −120 dB, never below 0. */
  levels: Rows<Uint8Array>
  firstBin: number
  levelStepSeconds: number
}

export interface SpectrumRecorder {
  /** @param power pointer to the power of each bin in one window */
  add(power: number): void
  finish(): SpectrumRows
}

/** Keeps the low end window by window, and the levels of all bins from 75 Hz to 15 kHz about every 0.3 s. */
export function recordSpectrumRows(
  runtime: KernelRuntime,
  grid: { binHz: number; bins: number; stepSeconds: number; fullScale: number },
): SpectrumRecorder {
  const { kernels } = runtime
  const firstBin = Math.floor(LEVELS_FROM_HZ / grid.binHz) & ~3
  const width = (Math.min(grid.bins, Math.ceil(LEVELS_TO_HZ / grid.binHz)) - firstBin) & ~3
  const sums = runtime.allocate(width * 4)
  const out = runtime.allocate(width)
  const low = createRows(LOW_BINS, (length) => new Float32Array(length))
  const levels = createRows(width, (length) => new Uint8Array(length))
  let joined = 0

  return {
    add(power) {
      const row = low.add()
      row.set(runtime.floats(power, LOW_BINS))
      for (let k = 0; k < LOW_BINS; k++) row[k] = (row[k] ?? 0) / grid.fullScale
      kernels.addTo(power + firstBin * 4, sums, width)
      if (++joined < WINDOWS_PER_ROW) return
      const scale = LEVEL_FLOOR / grid.fullScale / WINDOWS_PER_ROW
      kernels.levels(sums, out, width, scale, LEVELS_PER_DB)
      levels.add().set(runtime.bytes(out, width))
      runtime.bytes(sums, width * 4).fill(0)
      joined = 0
    },
    finish: () => ({ low, levels, firstBin, levelStepSeconds: WINDOWS_PER_ROW * grid.stepSeconds }),
  }
}
