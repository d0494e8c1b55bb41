import type { Spectrum } from './contract.ts'
import { roundTo } from './decibels.ts'
import { powerBetween, type TrackSpectrum } from './spectrum-meter.ts'

/** Rates that files are converted from. 32 kHz is left out: its edge is where MP3 at 128 kbit/s has one. */
const SOURCE_RATES_HZ = [
  8000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000,
]
/**
 * Where converters let the sound end, relative to half the source rate: most just below it, swresample (ffmpeg) above,
 * with mirror images between. Lossy coders end lower: MP3 at 320 kbit/s at 20.6 kHz, which is 0.935 of 22.05 kHz.
 */
const EDGES = [
  [0.945, 1.005],
  [1.12, 1.18],
] as const
const STEP_HZ = 100
/** Steps that are looked at either side of an edge, and steps of the edge itself that may be anything. */
const BESIDE = 6
const EDGE = 6
const MIN_DROP_DB = 25
const SURE_DROP_DB = 50
/** What is 85 dB below the loudest is nothing but dither. */
const NOTHING_DB = -85

type Upsampling = NonNullable<Spectrum['upsampledFrom']>

/**
 * Looks for the edge that sample-rate conversion leaves at half of a lower rate, with nothing above.
 * @returns null where the content reaches half of the file's rate, fades out gently, ends where coders end, or is silent.
 * Converters that interpolate plainly leave no edge and are not found.
 */
export function findUpsampling(spectrum: TrackSpectrum, sampleRateHz: number): Upsampling | null {
  const levels = densities(spectrum, sampleRateHz / 2)
  const edge = steepestEdge(levels)
  if (edge === null) return null
  const from = SOURCE_RATES_HZ.find(
    (rate) =>
      rate < 0.98 * sampleRateHz &&
      EDGES.some(([low, high]) => edge.hz >= (low * rate) / 2 && edge.hz <= (high * rate) / 2),
  )
  if (from === undefined) return null
  return {
    sampleRateHz: from,
    edgeHz: edge.hz,
    dropDb: roundTo(edge.dropDb, 1),
    confidence: roundTo(Math.min(1, edge.dropDb / SURE_DROP_DB), 2),
  }
}

/** Power density in steps of 100 Hz, dB relative to the loudest; empty in silence. */
function densities(spectrum: TrackSpectrum, nyquistHz: number): number[] {
  const powers = Array.from({ length: Math.floor(nyquistHz / STEP_HZ) }, (_, i) =>
    powerBetween(spectrum, i * STEP_HZ, (i + 1) * STEP_HZ),
  )
  const loudest = Math.max(...powers, 0)
  return loudest > 0 ? powers.map((power) => 10 * Math.log10(power / loudest + 1e-30)) : []
}

/** The place where the level falls by 20 dB at once and most in all, with nothing above it. */
function steepestEdge(levels: readonly number[]): { hz: number; dropDb: number } | null {
  let best: { hz: number; dropDb: number } | null = null
  for (let at = BESIDE + EDGE; at < levels.length - EDGE - BESIDE; at++) {
    const below = mean(levels.slice(at - EDGE - BESIDE, at - EDGE))
    if ((levels[at] ?? 0) > below - 20 || (levels[at - 1] ?? 0) <= below - 20) continue
    const dropDb = below - Math.max(...levels.slice(at + EDGE, at + EDGE + BESIDE))
    if (best === null || dropDb > best.dropDb) best = { hz: at * STEP_HZ, dropDb }
  }
  if (best === null || best.dropDb < MIN_DROP_DB) return null
  const above = levels.slice(best.hz / STEP_HZ + EDGE + BESIDE)
  return Math.max(...above) <= NOTHING_DB ? best : null
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
