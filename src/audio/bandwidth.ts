import type { Spectrum } from './contract.ts'
import { roundTo } from './decibels.ts'
import { powerBetween, type TrackSpectrum } from './spectrum-meter.ts'

const STEP_HZ = 250
/** Power density this far below the loudest step counts as nothing. */
const NOTHING_DB = -90
/** A coder's brick wall: what stands within 1 kHz above an edge is this much weaker than what stands 1 kHz below it. */
const WALL_DB = 24
const WALL_HALF_WIDTH_STEPS = 4
const LOWEST_WALL_HZ = 10_000
const HIGHEST_WALL_HZ = 20_500
/** Music falls towards the edge; what rises before it is a whistle of its own. */
const MAX_RISE_DB = 6
/** Below this the highs are so weak that an edge in them is no evidence. */
const WEAK_DB = -80

/** Power density in steps of 250 Hz, dB relative to the loudest step. */
function densities(spectrum: TrackSpectrum): number[] {
  const nyquistHz = spectrum.binHz * spectrum.power.length
  const powers = Array.from({ length: Math.floor(nyquistHz / STEP_HZ) }, (_, i) =>
    powerBetween(spectrum, i * STEP_HZ, (i + 1) * STEP_HZ),
  )
  const loudest = Math.max(...powers, 0)
  return loudest > 0 ? powers.map((power) => 10 * Math.log10(power / loudest + 1e-30)) : []
}

/** The frequency above which next to nothing is left (−90 dB); null in silence. */
export function findCutoff(spectrum: TrackSpectrum): number | null {
  const last = densities(spectrum).findLastIndex((level) => level > NOTHING_DB)
  return last < 0 ? null : (last + 1) * STEP_HZ
}

/**
 * Looks for the edge that lossy coders leave at 16 to 20 kHz (MP3 128, 192, 320 kbit/s: about 16, 18, 20 kHz).
 * A soft roll-off, however early, is just a dull mix.
 */
export function findLossyEdge(
  spectrum: TrackSpectrum,
  sampleRateHz: number,
): NonNullable<Spectrum['lossySource']> {
  const levels = densities(spectrum)
  let dropDb = 0
  let edgeHz: number | null = null
  const highest = Math.min(HIGHEST_WALL_HZ, sampleRateHz / 2 - STEP_HZ * (WALL_HALF_WIDTH_STEPS + 1))
  for (let hz = LOWEST_WALL_HZ; hz <= highest; hz += STEP_HZ) {
    const at = hz / STEP_HZ
    // One step either side of the edge itself may be half of each.
    const below = mean(levels.slice(at - 1 - WALL_HALF_WIDTH_STEPS, at - 1))
    const above = mean(levels.slice(at + 1, at + 1 + WALL_HALF_WIDTH_STEPS))
    const further = mean(levels.slice(at - 3 * WALL_HALF_WIDTH_STEPS, at - 2 * WALL_HALF_WIDTH_STEPS))
    if (below < WEAK_DB || below - further > MAX_RISE_DB || below - above <= dropDb) continue
    dropDb = below - above
    edgeHz = hz
  }
  return {
    suspected: dropDb >= WALL_DB,
    edgeHz: dropDb >= WALL_DB ? edgeHz : null,
    dropDb: edgeHz === null ? null : roundTo(dropDb, 1),
  }
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
