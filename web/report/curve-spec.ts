import type { PlotSpec } from './time-plot.ts'

const HEIGHT_PX = 96

interface Curve {
  stepSeconds: number
  values: readonly (number | null)[]
  yRange: readonly [number, number]
  yTicks: readonly number[]
  /** A level to look out for, drawn dashed. */
  guide?: number
}

/** One curve over the time axis, with its yardstick as a dashed line. */
export function curveSpec({ stepSeconds, values, yRange, yTicks, guide }: Curve): PlotSpec {
  const seconds = values.map((_value, index) => (index + 1) * stepSeconds)
  return {
    heightPx: HEIGHT_PX,
    data: [seconds, [...values], seconds.map(() => guide ?? null)],
    series: [
      { color: '--ts-accent', widthPx: 1.5 },
      { color: '--ts-text', widthPx: 1, dash: [5, 4] },
    ],
    yRange,
    yTicks,
    showsTime: false,
  }
}

/** The curve's value at a place; null where nothing was measured. */
export function curveAt(curve: Pick<Curve, 'stepSeconds' | 'values'>, seconds: number): number | null {
  const index = Math.round(seconds / curve.stepSeconds) - 1
  return curve.values[Math.min(Math.max(index, 0), curve.values.length - 1)] ?? null
}
