import type { Faults } from './contract.ts'
import { powerDb, roundTo } from './decibels.ts'
import { HUM_BINS, type Tones } from './tone-meter.ts'

const MAINS_HZ = [50, 60]
const HARMONICS = [1, 2, 3, 4, 5, 6, 7]
/** A steady tone stands this far above the quiet moments of its neighbourhood. */
const MIN_OVER_DB = 10
/** The fundamental and at least two harmonics must stand out: held notes on the mains grid lack the fundamental. */
const MIN_HARMONICS = 3
/** Quieter than this nobody hears it. */
const MIN_LEVEL_DBFS = -75
const QUIET_SHARE = 0.1
const MIN_FRAMES = 20
const NEIGHBOUR_BINS = [5, 6, 7, 8]

/**
 * Looks for mains hum: tones at multiples of 50 or 60 Hz that are there even when the music is quiet, because they never
 * stop. Judged on the lowest tenth of each frequency over time.
 * @returns null without hum
 */
export function findHum({ lowPowers, binHz }: Tones): Faults['hum'] {
  const frames = lowPowers.length / HUM_BINS
  if (frames < MIN_FRAMES) return null
  const floors = quietLevels(lowPowers, frames)
  const found = MAINS_HZ.map((frequencyHz) => {
    const standing = HARMONICS.filter(
      (harmonic) => overNeighbours(floors, (harmonic * frequencyHz) / binHz) >= MIN_OVER_DB,
    )
    const power = standing.reduce(
      (sum, harmonic) => sum + tonePower(floors, (harmonic * frequencyHz) / binHz),
      0,
    )
    return {
      frequencyHz,
      harmonics: standing.map((harmonic) => harmonic * frequencyHz),
      levelDbfs: powerDb(power) ?? -200,
    }
  }).sort((a, b) => b.harmonics.length - a.harmonics.length || b.levelDbfs - a.levelDbfs)
  const [best] = found.filter(({ frequencyHz, harmonics }) => harmonics.includes(frequencyHz))
  if (best === undefined || best.harmonics.length < MIN_HARMONICS || best.levelDbfs < MIN_LEVEL_DBFS)
    return null
  return { ...best, levelDbfs: roundTo(best.levelDbfs, 1) }
}

function quietLevels(powers: Float64Array, frames: number): Float64Array {
  const values = new Float64Array(frames)
  return Float64Array.from({ length: HUM_BINS }, (_, bin) => {
    for (let frame = 0; frame < frames; frame++) values[frame] = powers[frame * HUM_BINS + bin] ?? 0
    values.sort()
    return values[Math.floor(frames * QUIET_SHARE)] ?? 0
  })
}

/** Power of a tone whose window spreads over three bins. */
function tonePower(floors: Float64Array, bin: number): number {
  const k = Math.round(bin)
  return (floors[k - 1] ?? 0) + (floors[k] ?? 0) + (floors[k + 1] ?? 0)
}

function overNeighbours(floors: Float64Array, bin: number): number {
  const k = Math.round(bin)
  const here = Math.max(floors[k - 1] ?? 0, floors[k] ?? 0, floors[k + 1] ?? 0)
  const beside = NEIGHBOUR_BINS.flatMap((distance) => [floors[k - distance] ?? 0, floors[k + distance] ?? 0])
  const highest = beside.sort((a, b) => a - b)[Math.floor(beside.length * 0.75)] ?? 0
  return here > 0 ? 10 * Math.log10(here / Math.max(highest, 1e-14)) : 0
}
