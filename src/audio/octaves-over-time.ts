import type { Spectrum } from './contract.ts'
import { roundTo } from './decibels.ts'
import { sumOver } from './level-meter.ts'
import type { TrackSpectrum } from './spectrum-meter.ts'
import { THIRD_OCTAVES } from './third-octaves.ts'

const BANDS = THIRD_OCTAVES.length
/** Four windows of the spectrum meter at 44.1 kHz. */
const MOMENT_SECONDS = 0.186
/** Moments this far below the mean power are pauses. dB */
const PAUSE_DB = 25
const FLOOR_DBFS = -100
const QUIET_SHARE = 0.1
const LOUD_SHARE = 0.9

/**
 * How the thirty third octaves lie over time, pauses left out: an equaliser moves all three numbers of a band alike, music
 * does not.
 * @returns dB of full scale, floor −100; null in silence
 */
export function summariseOctaves({
  bandPowers,
  frames,
  stepSeconds,
}: Pick<TrackSpectrum, 'bandPowers' | 'frames' | 'stepSeconds'>): Spectrum['octavesOverTime'] {
  const group = Math.max(1, Math.round(MOMENT_SECONDS / stepSeconds))
  const count = Math.ceil(frames / group)
  const moments = momentsOf(bandPowers, frames, group)
  const totals = new Float64Array(count)
  for (let i = 0; i < moments.length; i++) {
    const moment = Math.floor(i / BANDS)
    totals[moment] = (totals[moment] ?? 0) + (moments[i] ?? 0)
  }
  const least = (sumOver(totals) / count) * 10 ** (-PAUSE_DB / 10)
  const counts = THIRD_OCTAVES.map(() => new Uint32Array(1 - FLOOR_DBFS))
  let sounding = 0
  for (let i = 0; i < count; i++) {
    if (!((totals[i] ?? 0) > least)) continue
    sounding++
    for (let band = 0; band < BANDS; band++) countOne(counts[band], moments[i * BANDS + band] ?? 0)
  }
  if (sounding === 0) return null
  return {
    meanDb: counts.map((count) => roundTo(meanOf(count) / sounding, 2)),
    quietDb: counts.map((count) => exceededAfter(count, QUIET_SHARE * sounding)),
    loudDb: counts.map((count) => exceededAfter(count, LOUD_SHARE * sounding)),
  }
}

/** Counts a power by its whole decibels. */
function countOne(count: Uint32Array | undefined, power: number): void {
  if (count === undefined) return
  const db = Math.round(10 * Math.log10(power + 1e-30))
  const bin = Math.min(0, Math.max(FLOOR_DBFS, db)) - FLOOR_DBFS
  count[bin] = (count[bin] ?? 0) + 1
}

function momentsOf(bandPowers: Float64Array, frames: number, group: number): Float64Array {
  const moments = new Float64Array(Math.ceil(frames / group) * BANDS)
  for (let frame = 0; frame < frames; frame++) {
    const at = Math.floor(frame / group) * BANDS
    const share = 1 / Math.min(group, frames - Math.floor(frame / group) * group)
    for (let band = 0; band < BANDS; band++)
      moments[at + band] = (moments[at + band] ?? 0) + share * (bandPowers[frame * BANDS + band] ?? 0)
  }
  return moments
}

function meanOf(count: Uint32Array): number {
  return count.reduce((sum, moments, bin) => sum + moments * (bin + FLOOR_DBFS), 0)
}

function exceededAfter(count: Uint32Array, moments: number): number {
  let sum = 0
  const bin = count.findIndex((here) => {
    sum += here
    return sum >= moments
  })
  return bin + FLOOR_DBFS
}
