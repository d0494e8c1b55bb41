import { createSeries } from './hop-grid.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import type { PcmSource } from './pcm-source.ts'
import { type Block, MAX_HOPS } from './track-blocks.ts'

/** From here on a sample counts as full scale: half a step of 16 bits below the highest value that 16 bits can hold. */
const CEILING = 32_766.5 / 32_768
/** Exact silence shorter than this is no dropout: it is a gap between two sounds or a zero crossing. */
const MIN_SILENCE_SECONDS = 0.004
/** Far enough behind the newest sample to see what follows a click. */
const ROUGHNESS_LAG = 40
const MAX_RUNS_PER_BLOCK = 512

/** What the raw samples betray, hop by hop or in all. */
export interface SampleFacts {
  samplesAtFullScale: number
  longestFullScaleSamples: number
  /** Hops in which three or more neighbouring samples stood at full scale. */
  clippedHops: number[]
  /** Bits that are not always zero, 0…24. */
  usedBits: number
  /** Per hop: largest second difference, and the sum of their squares, over both sides of the downmix. */
  roughPeaks: Float64Array
  roughSquares: Float64Array
  /** Per hop: how many times the usual of its surroundings the sharpest bend is, if it has the shape of a click, else 0. */
  clickiness: Float64Array
  /** Stretches of exact silence on all channels between sounds. */
  silences: { endFrame: number; frames: number }[]
}

export interface SampleMeter {
  add(block: Block): void
  finish(): SampleFacts
}

/**
 * Full-scale runs, used bits, sudden jumps and holes of exact silence.
 * @param blockPeaks highest magnitude of each channel in the block that is added
 */
export function createSampleMeter(
  source: PcmSource,
  runtime: KernelRuntime,
  blockPeaks: Float64Array,
): SampleMeter {
  const { kernels } = runtime
  const out = runtime.allocate(MAX_RUNS_PER_BLOCK * 8)
  const rough = runtime.allocate(32 * MAX_HOPS)
  const peaks = new Float64Array(MAX_HOPS)
  const squares = new Float64Array(MAX_HOPS)
  const clicky = new Float64Array(MAX_HOPS)
  const clipStates = source.roles.map(() => runtime.allocate(16))
  const silenceState = runtime.allocate(16)
  const minSilence = Math.round(MIN_SILENCE_SECONDS * source.facts.sampleRateHz)
  const sides = source.facts.channels === 1 ? 1 : 2
  /** Bit of a 24-bit number that is the last of a stored sample: once it is used, nothing more can be learned. */
  const lastBit = source.facts.bitDepth === null ? 0 : 1 << Math.max(0, 24 - source.facts.bitDepth)
  const roughPeaks = createSeries()
  const roughSquares = createSeries()
  const clickiness = createSeries()
  const silences: { endFrame: number; frames: number }[] = []
  const clippedHops: number[] = []
  let [samplesAtFullScale, longestFullScaleSamples, bits] = [0, 0, 0]

  /** Most blocks hold no sample at full scale; only the others are looked at hop by hop. */
  function countClips({ planes, firstHop, ends, pieces }: Block) {
    const offsets = runtime.integers(ends, MAX_HOPS)
    const hit = new Set<number>()
    for (const [channel, plane] of planes.entries()) {
      const state = runtime.integers(clipStates[channel] ?? 0, 1)
      if ((blockPeaks[channel] ?? 0) < CEILING) {
        state[0] = 0
        continue
      }
      for (let hop = 0; hop < pieces; hop++) {
        const start = hop === 0 ? 0 : (offsets[hop - 1] ?? 0)
        kernels.clipped(
          plane + start * 4,
          (offsets[hop] ?? 0) - start,
          CEILING,
          clipStates[channel] ?? 0,
          out,
        )
        const [samples = 0, longest = 0, threes = 0] = runtime.integers(out, 3)
        samplesAtFullScale += samples
        longestFullScaleSamples = Math.max(longestFullScaleSamples, longest)
        if (threes > 0) hit.add(firstHop + hop)
      }
    }
    clippedHops.push(...[...hit].sort((a, b) => a - b))
  }

  /** A few frames behind: the second difference needs the next samples, which the block's end does not have yet. */
  function measureRoughness({ left, right, ends, pieces }: Block) {
    peaks.fill(0)
    squares.fill(0)
    clicky.fill(0)
    for (const plane of sides === 1 ? [left] : [left, right]) {
      kernels.roughness(plane, ends, pieces, ROUGHNESS_LAG, rough)
      const result = runtime.doubles(rough, 4 * MAX_HOPS)
      for (let hop = 0; hop < pieces; hop++) {
        peaks[hop] = Math.max(peaks[hop] ?? 0, result[4 * hop] ?? 0)
        clicky[hop] = Math.max(clicky[hop] ?? 0, result[4 * hop + 1] ?? 0)
        squares[hop] = Math.max(squares[hop] ?? 0, result[4 * hop + 2] ?? 0)
      }
    }
    for (let hop = 0; hop < pieces; hop++) {
      roughPeaks.push(peaks[hop] ?? 0)
      roughSquares.push(squares[hop] ?? 0)
      clickiness.push(clicky[hop] ?? 0)
    }
  }

  function findSilences({ left, right, startFrame, frames }: Block) {
    const found = kernels.silentRuns(left, right, frames, minSilence, silenceState, out, MAX_RUNS_PER_BLOCK)
    if (found === 0) return
    const pairs = runtime.integers(out, found * 2)
    for (let i = 0; i < found * 2; i += 2) {
      silences.push({ endFrame: startFrame + (pairs[i] ?? 0), frames: pairs[i + 1] ?? 0 })
    }
  }

  return {
    add(block) {
      countClips(block)
      measureRoughness(block)
      for (const plane of block.planes)
        if ((bits & lastBit) < lastBit) bits |= kernels.usedBits(plane, block.frames)
      findSilences(block)
    },
    finish: () => ({
      samplesAtFullScale,
      longestFullScaleSamples,
      clippedHops,
      usedBits: bits === 0 ? 0 : 24 - Math.min(23, 31 - Math.clz32(bits & -bits)),
      roughPeaks: roughPeaks.values(),
      roughSquares: roughSquares.values(),
      clickiness: clickiness.values(),
      silences,
    }),
  }
}
