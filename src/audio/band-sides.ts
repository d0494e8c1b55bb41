import { createSeries } from './hop-grid.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import { BANDS } from './seven-bands.ts'

/** Energies of left and right and of their product in the seven bands, step by step. */
export interface BandSides {
  stepSeconds: number
  steps: number
  /** Step after step, seven values each. Any unit: only ratios are used. */
  left: Float64Array
  right: Float64Array
  both: Float64Array
}

export interface BandSidesRecorder {
  /** Takes sums over one step: pointers to one f32 per bin. */
  add(left: number, right: number, both: number): void
  finish(): BandSides
}

/** Keeps what the seven bands of a stereo spectrum hold, so that width and balance can be told over time. */
export function recordBandSides(
  runtime: KernelRuntime,
  { binHz, bins, stepSeconds }: { binHz: number; bins: number; stepSeconds: number },
): BandSidesRecorder {
  const edges = runtime.allocate(4 * (BANDS.length + 1))
  const sums = runtime.allocate(4 * BANDS.length)
  const series = [createSeries(4096), createSeries(4096), createSeries(4096)] as const
  const hz = [...BANDS.map(({ fromHz }) => fromHz), BANDS.at(-1)?.toHz ?? 0]
  runtime
    .integers(edges, BANDS.length + 1)
    .set(hz.map((edge) => Math.min(bins, Math.max(1, Math.round(edge / binHz)))))
  let steps = 0

  return {
    add(...pointers) {
      for (const [i, pointer] of pointers.entries()) {
        runtime.kernels.bandSums(pointer, edges, BANDS.length, sums)
        series[i]?.append(runtime.floats(sums, BANDS.length))
      }
      steps++
    },
    finish: () => ({
      stepSeconds,
      steps,
      left: series[0].values(),
      right: series[1].values(),
      both: series[2].values(),
    }),
  }
}
