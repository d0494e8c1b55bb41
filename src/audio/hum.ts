import type { Faults } from './contract.ts'
import { powerDb, roundTo } from './decibels.ts'
import { MAINS_TONES, type MainsTone, type MainsWatch } from './mains-watch.ts'

/** Hum keeps its phase for this long although the mains wander by some hundredths of a hertz. */
const BLOCK_SECONDS = 7.5
const MOST_BLOCKS = 16
const FEWEST_FRAMES = 20
/** How far the mains may be off, at the fundamental. */
const OFFSETS_HZ = [-0.03, 0, 0.03]
/** Frequencies beside each tone where no hum stands, but music does as much as at the tone itself. */
const BESIDE_HZ = Array.from({ length: 6 }, (_, i) => 0.3 + 0.28 * i).flatMap((hz) => [-hz, hz])
/** The quieter a moment, the more it tells: below this part of them all count alike. */
const QUIET_SHARE = 0.3
/** What one harmonic says for or against hum, dB over the strongest frequency beside it, and how much it counts. */
const CLIP_DB = { least: -4, most: 10 }
const COUNTS = [1, 1, 1, 0.6, 0.9, 0.3, 0.3]
/** Sum of what all harmonics say. Set on 300 excerpts of music with and without hum. */
const LEAST_SCORE = 10
const STANDS_DB = 1.5
const FEWEST_HARMONICS = 2
/** Quieter than this nobody hears it. */
const LEAST_DBFS = -75

/**
 * Looks for mains hum: tones at multiples of 50 or 60 Hz that never stop and never change. Their phase runs on through the
 * music, so summing windows in phase, quiet ones above all, lifts them out of it; frequencies just beside tell how far
 * music alone would come.
 * @returns null without hum; levelDbfs ±1.5 dB
 */
export function findHum(watch: MainsWatch): Faults['hum'] {
  if (watch.frames < FEWEST_FRAMES) return null
  const [best] = [50, 60].map((mainsHz) => judgeMains(watch, mainsHz)).sort((a, b) => b.score - a.score)
  if (best === undefined || best.score < LEAST_SCORE) return null
  const levelDbfs = powerDb(best.power) ?? -200
  if (best.harmonics.length < FEWEST_HARMONICS || levelDbfs < LEAST_DBFS) return null
  return {
    frequencyHz: best.mainsHz,
    harmonics: best.harmonics,
    levelDbfs: roundTo(levelDbfs, 1),
    evidenceDb: roundTo(best.score, 1),
  }
}

function judgeMains(watch: MainsWatch, mainsHz: number) {
  const tones = MAINS_TONES.map((tone, index) => ({ tone, index }))
    .filter(({ tone }) => tone.mainsHz === mainsHz)
    .map(({ tone, index }) => ({ tone, ...listen(watch, tone, index) }))
  const scores = OFFSETS_HZ.map((_, offset) =>
    tones.reduce((sum, { tone, overDb }) => {
      const db = Math.min(CLIP_DB.most, Math.max(CLIP_DB.least, overDb[offset] ?? CLIP_DB.least))
      return sum + db * (COUNTS[tone.harmonic - 1] ?? 0)
    }, 0),
  )
  const score = Math.max(...scores)
  const offset = scores.indexOf(score)
  const standing = tones.filter(({ overDb }) => (overDb[offset] ?? CLIP_DB.least) >= STANDS_DB)
  return {
    mainsHz,
    score,
    harmonics: standing.map(({ tone }) => tone.frequencyHz),
    power: standing.reduce((sum, { powers }) => sum + (powers[offset] ?? 0), 0),
  }
}

/** How far a tone stands over its neighbourhood, and its power, at each offset of the mains. */
function listen(watch: MainsWatch, { frequencyHz, harmonic }: MainsTone, index: number) {
  const blocks = blocksOf(watch, index)
  const meanDb = (hz: number) =>
    blocks.reduce((sum, block) => sum + (powerDb(powerIn(block, hz, watch.stepSeconds)) ?? -200), 0) /
    Math.max(1, blocks.length)
  const besideDb = Math.max(...BESIDE_HZ.map((hz) => meanDb(frequencyHz + hz)))
  const levels = OFFSETS_HZ.map((hz) => meanDb(frequencyHz + hz * harmonic))
  return {
    overDb: levels.map((db) => db - besideDb),
    powers: levels.map((db) => 10 ** (db / 10)),
  }
}

/** The values of one tone in a stretch, with what each moment counts. */
interface Block {
  real: Float64Array
  imaginary: Float64Array
  weights: Float64Array
}

function blocksOf({ frames, stepSeconds, values }: MainsWatch, index: number): Block[] {
  const all = Math.max(1, Math.round((frames * stepSeconds) / BLOCK_SECONDS))
  const count = Math.min(all, MOST_BLOCKS)
  const length = Math.floor(frames / all)
  const blocks = Array.from({ length: count }, (_, i) => {
    const first = Math.floor((i * all) / count) * length
    const part = (side: number) =>
      Float64Array.from(
        { length },
        (_, t) => values[2 * ((first + t) * MAINS_TONES.length + index) + side] ?? 0,
      )
    return weighted(part(0), part(1))
  })
  return blocks.flatMap((block) => block ?? [])
}

/** @returns null in silence */
function weighted(real: Float64Array, imaginary: Float64Array): Block | null {
  const powers = real.map((value, t) => value * value + (imaginary[t] ?? 0) ** 2)
  const quiet = powers.toSorted()[Math.floor(powers.length * QUIET_SHARE)] ?? 0
  if (quiet < 1e-12) return null
  const weights = powers.map((power) => 1 / (power + quiet))
  const sum = weights.reduce((all, weight) => all + weight, 0)
  return { real, imaginary, weights: weights.map((weight) => weight / sum) }
}

/** Power of what turns at exactly this frequency. */
function powerIn({ real, imaginary, weights }: Block, hz: number, stepSeconds: number): number {
  const turn = -2 * Math.PI * hz * stepSeconds
  const [stepCos, stepSin] = [Math.cos(turn), Math.sin(turn)]
  let [cos, sin, sumReal, sumImaginary] = [1, 0, 0, 0]
  for (let t = 0; t < weights.length; t++) {
    const weight = weights[t] ?? 0
    const [a, b] = [weight * (real[t] ?? 0), weight * (imaginary[t] ?? 0)]
    sumReal += a * cos - b * sin
    sumImaginary += a * sin + b * cos
    const next = cos * stepCos - sin * stepSin
    sin = cos * stepSin + sin * stepCos
    cos = next
  }
  return sumReal * sumReal + sumImaginary * sumImaginary
}
