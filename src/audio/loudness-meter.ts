import { loudnessWeight } from './channel-layout.ts'
import type { Loudness } from './contract.ts'
import { rounded } from './decibels.ts'
import { createSeries, hopStart } from './hop-grid.ts'
import { kWeighting } from './k-weighting.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import { gatedLoudness, loudnessRange, lufs } from './loudness-gates.ts'
import type { PcmSource } from './pcm-source.ts'
import { type Block, MAX_HOPS } from './track-blocks.ts'

const MOMENTARY_HOPS = 40
const SHORT_TERM_HOPS = 300
/** Gating blocks and curve points stand every 100 ms. Source: BS.1770-5 (400 ms, overlap 75 %). */
const STEP_HOPS = 10
const STEP_SECONDS = 0.1

/** The weighted energy of each hop, from which every loudness follows. */
export interface LoudnessMeter {
  add(block: Block): void
  /** Weighted energy of every hop so far. */
  energies(): Float64Array
  finish(): Loudness
}

/**
 * Loudness by ITU-R BS.1770-5 and EBU R 128: momentary and short-term asked every 10 ms for their maxima.
 * @returns from finish(): LUFS and LU; null when the track is silent below the gates or too short (0.4 s, 3 s)
 * Accuracy: ±0.02 LU on the synthesisable cases of EBU Tech 3341 and 3342 at 44.1, 48 and 96 kHz.
 */
export function createLoudnessMeter(source: PcmSource, runtime: KernelRuntime): LoudnessMeter {
  const { kernels } = runtime
  const { sampleRateHz } = source.facts
  const weights = source.roles.map(loudnessWeight)
  const pairs = pairsOf(weights)
  const out = runtime.allocate(16 * MAX_HOPS)
  const sums = new Float64Array(MAX_HOPS)
  const coefficients = runtime.allocate(80)
  const states = pairs.map(() => runtime.allocate(96))
  const stages = kWeighting(sampleRateHz)
  runtime.doubles(coefficients, 10).set(stages.flatMap(({ b, a }) => [...b, ...a]))
  const energies = createSeries()

  return {
    add({ planes, ends, hopEnds }) {
      sums.fill(0)
      for (const [index, [a, b]] of pairs.entries()) {
        kernels.kWeight(
          planes[a] ?? 0,
          planes[b] ?? 0,
          ends,
          hopEnds.length,
          coefficients,
          states[index] ?? 0,
          out,
        )
        const energy = runtime.doubles(out, 2 * MAX_HOPS)
        const weightA = weights[a] ?? 0
        const weightB = b === a ? 0 : (weights[b] ?? 0)
        for (let hop = 0; hop < hopEnds.length; hop++) {
          sums[hop] =
            (sums[hop] ?? 0) + weightA * (energy[2 * hop] ?? 0) + weightB * (energy[2 * hop + 1] ?? 0)
        }
      }
      for (let hop = 0; hop < hopEnds.length; hop++) energies.push(sums[hop] ?? 0)
    },
    energies: energies.values,
    finish: () => loudnessOf(energies.values(), sampleRateHz),
  }
}

/** Channels two by two, as the kernel takes them; those without weight are left out. */
function pairsOf(weights: number[]): [number, number][] {
  const heard = [...weights.keys()].filter((channel) => weights[channel] !== 0)
  const pairs: [number, number][] = []
  for (let i = 0; i < heard.length; i += 2) {
    const a = heard[i] ?? 0
    pairs.push([a, heard[i + 1] ?? a])
  }
  return pairs
}

/** Mean weighted power of the windows of `hops` hops that end with each hop; NaN until the first is full. */
function windowMeans(energies: Float64Array, hops: number, sampleRateHz: number): Float64Array {
  const tens = new Float64Array(energies.length)
  const means = new Float64Array(energies.length).fill(Number.NaN)
  for (let hop = 0; hop < energies.length; hop++) {
    let ten = 0
    for (let i = Math.max(0, hop - STEP_HOPS + 1); i <= hop; i++) ten += energies[i] ?? 0
    tens[hop] = ten
    if (hop + 1 < hops) continue
    let sum = 0
    for (let i = hop; i > hop - hops; i -= STEP_HOPS) sum += tens[i] ?? 0
    means[hop] = sum / (hopStart(hop + 1, sampleRateHz) - hopStart(hop + 1 - hops, sampleRateHz))
  }
  return means
}

function loudnessOf(energies: Float64Array, sampleRateHz: number): Loudness {
  const momentary = windowMeans(energies, MOMENTARY_HOPS, sampleRateHz)
  const shortTerm = windowMeans(energies, SHORT_TERM_HOPS, sampleRateHz)
  const gatingBlocks = everyStep(momentary, MOMENTARY_HOPS)
  return {
    integratedLufs: rounded(gatedLoudness(gatingBlocks), 3),
    rangeLu: rounded(loudnessRange(everyStep(shortTerm, SHORT_TERM_HOPS)), 3),
    shortTermMaxLufs: rounded(highest(shortTerm), 3),
    momentaryMaxLufs: rounded(highest(momentary), 3),
    curve: {
      stepSeconds: STEP_SECONDS,
      momentaryLufs: curveOf(momentary),
      shortTermLufs: curveOf(shortTerm),
    },
  }
}

/**
 * Loudness of the part that is measured, from the same gating blocks as that of the whole; cheap enough to be asked often.
 * @returns LUFS; null in silence and where a window is not full yet
 */
export function loudnessSoFar(energies: Float64Array, sampleRateHz: number) {
  const tens = Float64Array.from({ length: Math.floor(energies.length / STEP_HOPS) }, (_, step) =>
    energies.subarray(step * STEP_HOPS, (step + 1) * STEP_HOPS).reduce((sum, energy) => sum + energy, 0),
  )
  const means = (hops: number) =>
    tens.map((_, step) => {
      const end = (step + 1) * STEP_HOPS
      if (end < hops) return Number.NaN
      const sum = tens.subarray((end - hops) / STEP_HOPS, step + 1).reduce((all, ten) => all + ten, 0)
      return sum / (hopStart(end, sampleRateHz) - hopStart(end - hops, sampleRateHz))
    })
  const gatingBlocks = means(MOMENTARY_HOPS).subarray(MOMENTARY_HOPS / STEP_HOPS - 1)
  return {
    integratedLufs: rounded(gatedLoudness(gatingBlocks), 3),
    stepSeconds: STEP_SECONDS,
    shortTermLufs: Array.from(means(SHORT_TERM_HOPS), (mean) => rounded(lufs(mean), 2)),
  }
}

function everyStep(means: Float64Array, hops: number): Float64Array {
  const count = Math.max(0, Math.floor((means.length - hops) / STEP_HOPS) + 1)
  return Float64Array.from({ length: count }, (_, i) => means[hops - 1 + i * STEP_HOPS] ?? 0)
}

function highest(means: Float64Array): number | null {
  let best = 0
  for (const mean of means) if (mean > best) best = mean
  return lufs(best)
}

/** One value per 100 ms: the window that ends there; null until it is full and in silence. */
function curveOf(means: Float64Array): (number | null)[] {
  const curve: (number | null)[] = []
  for (let hop = STEP_HOPS - 1; hop < means.length; hop += STEP_HOPS) {
    curve.push(rounded(lufs(means[hop] ?? Number.NaN), 2))
  }
  return curve
}
