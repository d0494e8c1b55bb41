import type { BandSides } from './band-sides.ts'
import type { Stereo } from './contract.ts'
import { roundTo } from './decibels.ts'
import { HOPS_PER_SECOND } from './hop-grid.ts'
import { type Levels, sumOver } from './level-meter.ts'
import { BANDS } from './seven-bands.ts'
import { describeSides, type Sides } from './sides.ts'

const MAX_CURVE_POINTS = 600
/** Points of the curves per band: enough to see a section change, small enough to send. */
const MAX_BAND_POINTS = 60

/** Correlation, width and balance over time, at least 0.5 s a point; null in silence. */
export function stereoCurve(levels: Levels): NonNullable<Stereo['curve']> {
  const hops = levels.hopLeft.length
  const group = Math.max(50, Math.ceil(hops / MAX_CURVE_POINTS))
  const points = Array.from({ length: Math.ceil(hops / group) }, (_, i) =>
    describeSides(sidesOf(levels, i * group, Math.min(hops, (i + 1) * group))),
  )
  return {
    stepSeconds: group / HOPS_PER_SECOND,
    correlation: points.map(({ correlation }) => (correlation === null ? null : roundTo(correlation, 3))),
    widthDb: points.map(({ widthDb }) => tenth(widthDb)),
    balanceDb: points.map(({ balanceDb }) => tenth(balanceDb)),
  }
}

/** Energies of both sides and of their product over a stretch of hops; `to` is not included. */
export function sidesOf(levels: Levels, from: number, to: number): Sides {
  return {
    left: sumOver(levels.hopLeft, from, to),
    right: sumOver(levels.hopRight, from, to),
    both: sumOver(levels.hopBoth, from, to),
  }
}

/** Width and balance of the seven bands over time, at most 60 points of at least a second. */
export function stereoBandCurve(sides: BandSides): NonNullable<Stereo['bandCurve']> {
  const group = Math.max(1, Math.ceil(sides.steps / MAX_BAND_POINTS))
  const count = Math.ceil(sides.steps / group)
  return {
    stepSeconds: roundTo(group * sides.stepSeconds, 6),
    bands: BANDS.map(({ name }, band) => {
      const points = Array.from({ length: count }, (_, i) =>
        describeSides(bandSum(sides, band, i * group, Math.min(sides.steps, (i + 1) * group))),
      )
      return {
        name,
        widthDb: points.map(({ widthDb }) => tenth(widthDb)),
        balanceDb: points.map(({ balanceDb }) => tenth(balanceDb)),
      }
    }),
  }
}

function bandSum({ left, right, both }: BandSides, band: number, from: number, to: number): Sides {
  const sums = { left: 0, right: 0, both: 0 }
  for (let at = from * BANDS.length + band; at < to * BANDS.length; at += BANDS.length) {
    sums.left += left[at] ?? 0
    sums.right += right[at] ?? 0
    sums.both += both[at] ?? 0
  }
  return sums
}

const tenth = (db: number | null): number | null => (db === null ? null : roundTo(db, 1))
