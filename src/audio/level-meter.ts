import { createSeries, type Series } from './hop-grid.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import type { PcmSource } from './pcm-source.ts'
import type { Block } from './track-blocks.ts'

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
  finish(): Levels
}

/** Sums, squares, extremes and stereo products of every hop. */
export function createLevelMeter(source: PcmSource, runtime: KernelRuntime): LevelMeter {
  const { kernels } = runtime
  const out = runtime.allocate(32)
  const channels = source.roles.map(() => ({
    sum: 0,
    squares: 0,
    samplePeak: 0,
    hopSquares: createSeries(),
    hopPeaks: createSeries(),
  }))
  const [hopFrames, hopLows, hopHighs] = [createSeries(), createSeries(), createSeries()]
  const [hopLeft, hopRight, hopBoth] = [createSeries(), createSeries(), createSeries()]
  let frames = 0

  function addChannels(planes: number[], from: number, length: number) {
    const result = runtime.doubles(out, 4)
    let lowest = 0
    let highest = 0
    for (const [index, channel] of channels.entries()) {
      kernels.level((planes[index] ?? 0) + from * 4, length, out)
      const [sum = 0, squares = 0, low = 0, high = 0] = result
      const peak = Math.max(high, -low)
      channel.sum += sum
      channel.squares += squares
      channel.samplePeak = Math.max(channel.samplePeak, peak)
      channel.hopSquares.push(squares)
      channel.hopPeaks.push(peak)
      lowest = Math.min(lowest, low)
      highest = Math.max(highest, high)
    }
    hopLows.push(lowest)
    hopHighs.push(highest)
    hopFrames.push(length)
  }

  function addSides({ left, right }: Block, from: number, length: number) {
    const l = left + from * 4
    const r = right + from * 4
    hopLeft.push(kernels.product(l, l, length))
    hopRight.push(kernels.product(r, r, length))
    hopBoth.push(kernels.product(l, r, length))
  }

  return {
    add(block) {
      let start = 0
      const ends = block.last ? [...block.hopEnds, block.frames] : block.hopEnds
      for (const end of ends) {
        if (end === start) continue
        addChannels(block.planes, start, end - start)
        if (channels.length > 1) addSides(block, start, end - start)
        start = end
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
      ...valuesOf({ hopLows, hopHighs, hopLeft, hopRight, hopBoth }),
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
