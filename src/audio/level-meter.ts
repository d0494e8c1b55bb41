import { createSeries, type Series } from './hop-grid.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import type { PcmSource } from './pcm-source.ts'
import { type Block, MAX_HOPS } from './track-blocks.ts'

/** Plain sums over the samples of a channel. Amplitudes are linear, full scale = 1. */
export interface ChannelLevels {
  sum: number
  squares: number
  samplePeak: number
  /** Per hop: sum of squares, and highest magnitude. */
  hopSquares: Float64Array
  hopPeaks: Float64Array
}

/** What plain sums over the samples give. A rest shorter than a hop counts as one more hop. */
export interface Levels {
  frames: number
  hopFrames: Float64Array
  channels: ChannelLevels[]
  /** Per hop: lowest and highest sample over all channels. */
  hopLows: Float64Array
  hopHighs: Float64Array
  /** Per hop: energies of left and right of the stereo downmix and of their product; empty for mono. */
  hopLeft: Float64Array
  hopRight: Float64Array
  hopBoth: Float64Array
}

export interface LevelMeter {
  add(block: Block): void
  /** Highest magnitude of each channel in the newest block. */
  blockPeaks: Float64Array
  finish(): Levels
}

/** Sums, squares, extremes and stereo products of every hop. */
export function createLevelMeter(source: PcmSource, runtime: KernelRuntime): LevelMeter {
  const { kernels } = runtime
  const out = runtime.allocate(32 * MAX_HOPS)
  const lows = new Float64Array(MAX_HOPS)
  const highs = new Float64Array(MAX_HOPS)
  const channels = source.roles.map(() => ({
    sum: 0,
    squares: 0,
    samplePeak: 0,
    hopSquares: createSeries(),
    hopPeaks: createSeries(),
  }))
  const [hopFrames, hopLows, hopHighs] = [createSeries(), createSeries(), createSeries()]
  const [hopLeft, hopRight, hopBoth] = [createSeries(), createSeries(), createSeries()]
  const blockPeaks = new Float64Array(channels.length)
  let frames = 0

  function addChannels({ planes, ends, pieces }: Block) {
    blockPeaks.fill(0)
    lows.fill(0)
    highs.fill(0)
    for (const [index, channel] of channels.entries()) {
      kernels.level(planes[index] ?? 0, ends, pieces, out)
      const result = runtime.doubles(out, 4 * MAX_HOPS)
      for (let hop = 0; hop < pieces; hop++) {
        const low = result[4 * hop + 2] ?? 0
        const high = result[4 * hop + 3] ?? 0
        const peak = Math.max(high, -low)
        channel.sum += result[4 * hop] ?? 0
        channel.squares += result[4 * hop + 1] ?? 0
        blockPeaks[index] = Math.max(blockPeaks[index] ?? 0, peak)
        channel.hopSquares.push(result[4 * hop + 1] ?? 0)
        channel.hopPeaks.push(peak)
        lows[hop] = Math.min(lows[hop] ?? 0, low)
        highs[hop] = Math.max(highs[hop] ?? 0, high)
      }
      channel.samplePeak = Math.max(channel.samplePeak, blockPeaks[index] ?? 0)
    }
    for (let hop = 0; hop < pieces; hop++) {
      hopLows.push(lows[hop] ?? 0)
      hopHighs.push(highs[hop] ?? 0)
    }
  }

  function addProducts(a: number, b: number, { ends, pieces }: Block, into: Series) {
    kernels.product(a, b, ends, pieces, out)
    const result = runtime.doubles(out, 4 * MAX_HOPS)
    for (let hop = 0; hop < pieces; hop++) into.push(result[hop] ?? 0)
  }

  return {
    blockPeaks,
    add(block) {
      let start = 0
      for (const end of runtime.integers(block.ends, MAX_HOPS).subarray(0, block.pieces)) {
        hopFrames.push(end - start)
        start = end
      }
      addChannels(block)
      if (channels.length > 1) addProducts(block.left, block.right, block, hopBoth)
      // The sides of a stereo file are its channels: their energies are known already.
      if (channels.length > 2) {
        addProducts(block.left, block.left, block, hopLeft)
        addProducts(block.right, block.right, block, hopRight)
      }
      frames += block.frames
    },
    finish: () => ({
      frames,
      hopFrames: hopFrames.values(),
      channels: channels.map(({ hopSquares, hopPeaks, ...sums }) => ({
        ...sums,
        hopSquares: hopSquares.values(),
        hopPeaks: hopPeaks.values(),
      })),
      ...valuesOf({
        hopLows,
        hopHighs,
        hopLeft: channels.length === 2 ? (channels[0]?.hopSquares ?? hopLeft) : hopLeft,
        hopRight: channels.length === 2 ? (channels[1]?.hopSquares ?? hopRight) : hopRight,
        hopBoth,
      }),
    }),
  }
}

function valuesOf(series: Record<'hopLows' | 'hopHighs' | 'hopLeft' | 'hopRight' | 'hopBoth', Series>) {
  return {
    hopLows: series.hopLows.values(),
    hopHighs: series.hopHighs.values(),
    hopLeft: series.hopLeft.values(),
    hopRight: series.hopRight.values(),
    hopBoth: series.hopBoth.values(),
  }
}

/** Sum of a stretch of hop values; `to` is not included. */
export function sumOver(values: Float64Array, from = 0, to = values.length): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += values[i] ?? 0
  return sum
}
