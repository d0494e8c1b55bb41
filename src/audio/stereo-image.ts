import type { Stereo } from './contract.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import type { Levels } from './level-meter.ts'
import { BANDS } from './seven-bands.ts'
import { describeSides, type Sides } from './sides.ts'
import { powerBetween, type TrackSpectrum } from './spectrum-meter.ts'
import { sidesOf, stereoBandCurve, stereoCurve } from './stereo-curves.ts'
import { findStereoDelays } from './stereo-delays.ts'

/** Below this side over mid nothing is heard of the difference. */
const SAME_DB = -70
const INVERTED_CORRELATION = -0.98
/** What clubs and cutting rooms want in the middle: 20 to 120 Hz. */
const LOWS_HZ = [20, 120] as const

/** Correlation, width, balance and mono loss: overall, per band and over time; delays. Null for mono and silence. */
export function measureStereo(levels: Levels, spectrum: TrackSpectrum, runtime: KernelRuntime): Stereo {
  if (levels.hopLeft.length === 0)
    return { correlation: null, widthDb: null, balanceDb: null, monoLossDb: null }
  const overall = describeSides(sidesOf(levels, 0, levels.hopLeft.length))
  return {
    ...overall,
    bands: BANDS.map(({ name, fromHz, toHz }) => ({
      name,
      ...describeSides(sidesBetween(spectrum, fromHz, toHz)),
    })),
    curve: stereoCurve(levels),
    bandCurve: stereoBandCurve(spectrum.bandSides),
    lowSideDb: describeSides(sidesBetween(spectrum, ...LOWS_HZ)).widthDb,
    delays: findStereoDelays(spectrum, runtime),
    dualMono: overall.widthDb !== null && overall.widthDb <= SAME_DB,
    inverted: overall.correlation !== null && overall.correlation <= INVERTED_CORRELATION,
  }
}

function sidesBetween({ binHz, left, right, both }: TrackSpectrum, fromHz: number, toHz: number): Sides {
  return {
    left: powerBetween({ binHz, power: left }, fromHz, toHz),
    right: powerBetween({ binHz, power: right }, fromHz, toHz),
    both: powerBetween({ binHz, power: both }, fromHz, toHz),
  }
}
