import { BANDS } from './bands.ts'
import type { Stereo } from './contract.ts'
import { powerDb, rounded, roundTo } from './decibels.ts'
import { HOPS_PER_SECOND } from './hop-grid.ts'
import { type Levels, sumOver } from './level-meter.ts'
import { powerBetween, type TrackSpectrum } from './spectrum-meter.ts'

/** Ratios beyond this are as good as infinite and are cut here. */
const LIMIT_DB = 80
const MAX_CURVE_POINTS = 600
/** Below this side over mid nothing is heard of the difference. */
const SAME_DB = -70
const INVERTED_CORRELATION = -0.98

interface Sides {
  left: number
  right: number
  both: number
}

/** Correlation, width, balance and mono loss: overall, per band and over time. Null for mono and silence. */
export function measureStereo(levels: Levels, spectrum: TrackSpectrum): Stereo {
  if (levels.hopLeft.length === 0)
    return { correlation: null, widthDb: null, balanceDb: null, monoLossDb: null }
  const all = sidesOf(levels, 0, levels.hopLeft.length)
  const overall = describe(all)
  return {
    ...overall,
    bands: BANDS.map(({ name, fromHz, toHz }) => ({
      name,
      ...describe({
        left: powerBetween({ binHz: spectrum.binHz, power: spectrum.left }, fromHz, toHz),
        right: powerBetween({ binHz: spectrum.binHz, power: spectrum.right }, fromHz, toHz),
        both: powerBetween({ binHz: spectrum.binHz, power: spectrum.both }, fromHz, toHz),
      }),
    })),
    curve: curveOf(levels),
    dualMono: overall.widthDb !== null && overall.widthDb <= SAME_DB,
    inverted: overall.correlation !== null && overall.correlation <= INVERTED_CORRELATION,
  }
}

function sidesOf(levels: Levels, from: number, to: number): Sides {
  return {
    left: sumOver(levels.hopLeft, from, to),
    right: sumOver(levels.hopRight, from, to),
    both: sumOver(levels.hopBoth, from, to),
  }
}

function describe({ left, right, both }: Sides) {
  const mid = left + right + 2 * both
  const side = left + right - 2 * both
  return {
    correlation: rounded(correlationOf({ left, right, both }), 4),
    widthDb: ratioDb(side, mid),
    balanceDb: ratioDb(left, right),
    monoLossDb: ratioDb(mid / 2, left + right),
  }
}

function correlationOf({ left, right, both }: Sides): number | null {
  if (!(left > 0 && right > 0)) return null
  return Math.max(-1, Math.min(1, both / Math.sqrt(left * right)))
}

function ratioDb(a: number, b: number): number | null {
  if (!(a > 0 || b > 0)) return null
  const db = a > 0 && b > 0 ? (powerDb(a / b) ?? 0) : a > 0 ? LIMIT_DB : -LIMIT_DB
  return roundTo(Math.max(-LIMIT_DB, Math.min(LIMIT_DB, db)), 2)
}

function curveOf(levels: Levels): { stepSeconds: number; correlation: (number | null)[] } {
  const hops = levels.hopLeft.length
  const group = Math.max(50, Math.ceil(hops / MAX_CURVE_POINTS))
  return {
    stepSeconds: group / HOPS_PER_SECOND,
    correlation: Array.from({ length: Math.ceil(hops / group) }, (_, i) =>
      rounded(correlationOf(sidesOf(levels, i * group, Math.min(hops, (i + 1) * group))), 3),
    ),
  }
}
