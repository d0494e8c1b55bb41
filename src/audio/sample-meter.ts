import { createSeries } from './hop-grid.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import type { PcmSource } from './pcm-source.ts'
import type { Block } from './track-blocks.ts'

/** From here on a sample counts as full scale: half a step of 16 bits below the highest value that 16 bits can hold. */
const CEILING = 32_766.5 / 32_768
/** Exact silence shorter than this is no dropout: it is a gap between two sounds or a zero crossing. */
const MIN_SILENCE_SECONDS = 0.004
const ROUGHNESS_LAG = 8
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
  /** Stretches of exact silence on all channels between sounds. */
  silences: { endFrame: number; frames: number }[]
}

export interface SampleMeter {
  add(block: Block): void
  finish(): SampleFacts
}

/** Full-scale runs, used bits, sudden jumps and holes of exact silence. */
export function createSampleMeter(source: PcmSource, runtime: KernelRuntime): SampleMeter {
  const { kernels } = runtime
  const out = runtime.allocate(MAX_RUNS_PER_BLOCK * 8)
  const clipStates = source.roles.map(() => runtime.allocate(16))
  const silenceState = runtime.allocate(16)
  const minSilence = Math.round(MIN_SILENCE_SECONDS * source.facts.sampleRateHz)
  const sides = source.facts.channels === 1 ? 1 : 2
  const roughPeaks = createSeries()
  const roughSquares = createSeries()
  const silences: { endFrame: number; frames: number }[] = []
  const clippedHops: number[] = []
  let [samplesAtFullScale, longestFullScaleSamples, bits] = [0, 0, 0]

  function countClips(planes: number[], hop: number, from: number, length: number) {
    let runs = 0
    for (const [channel, plane] of planes.entries()) {
      kernels.clipped(plane + from * 4, length, CEILING, clipStates[channel] ?? 0, out)
      const [samples = 0, longest = 0, threes = 0] = runtime.integers(out, 3)
      samplesAtFullScale += samples
      longestFullScaleSamples = Math.max(longestFullScaleSamples, longest)
      runs += threes
    }
    if (runs > 0) clippedHops.push(hop)
  }

  /** A few frames behind: the second difference needs the next samples, which the block's end does not have yet. */
  function measureRoughness({ left, right }: Block, from: number, length: number) {
    let [peak, squares] = [0, 0]
    for (const plane of sides === 1 ? [left] : [left, right]) {
      kernels.roughness(plane + (from - ROUGHNESS_LAG) * 4, length, out)
      const [highest = 0, , sum = 0] = runtime.doubles(out, 3)
      peak = Math.max(peak, highest)
      squares = Math.max(squares, sum)
    }
    roughPeaks.push(peak)
    roughSquares.push(squares)
  }

  function findSilences({ left, right, startFrame, frames }: Block) {
    const found = kernels.silentRuns(left, right, frames, minSilence, silenceState, out, MAX_RUNS_PER_BLOCK)
    const pairs = runtime.integers(out, found * 2)
    for (let i = 0; i < found * 2; i += 2) {
      silences.push({ endFrame: startFrame + (pairs[i] ?? 0), frames: pairs[i + 1] ?? 0 })
    }
  }

  return {
    add(block) {
      let start = 0
      const ends = block.last ? [...block.hopEnds, block.frames] : block.hopEnds
      for (const [i, end] of ends.entries()) {
        if (end === start) continue
        countClips(block.planes, block.firstHop + i, start, end - start)
        measureRoughness(block, start, end - start)
        start = end
      }
      for (const plane of block.planes) bits |= kernels.usedBits(plane, block.frames)
      findSilences(block)
    },
    finish: () => ({
      samplesAtFullScale,
      longestFullScaleSamples,
      clippedHops,
      usedBits: bits === 0 ? 0 : 24 - Math.min(23, 31 - Math.clz32(bits & -bits)),
      roughPeaks: roughPeaks.values(),
      roughSquares: roughSquares.values(),
      silences,
    }),
  }
}
