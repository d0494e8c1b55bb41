import type { Waveform } from './contract.ts'
import { roundTo } from './decibels.ts'
import { createSeries, HOPS_PER_SECOND, type Series } from './hop-grid.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import type { PcmSource } from './pcm-source.ts'
import type { Block } from './track-blocks.ts'

/** Points of the waveform at most: enough for a wide screen, small enough to send. */
const MAX_WAVEFORM_POINTS = 4000

/** What plain sums over the samples give. */
export interface Levels {
  frames: number
  /** Linear amplitude of the highest sample of each channel. */
  samplePeaks: Float64Array
  /** Mean of the squares of all samples of all channels; 0 for silence or nothing. */
  meanSquare: number
  /** −1…+1 between the left and right of the stereo downmix; null for mono and when a side is silent. */
  correlation: number | null
  waveform: Waveform
}

export interface LevelMeter {
  add(block: Block): void
  finish(): Levels
}

/** Sample peak, mean square, correlation and waveform. */
export function createLevelMeter(source: PcmSource, runtime: KernelRuntime): LevelMeter {
  const { kernels } = runtime
  const { channels } = source.facts
  const out = runtime.allocate(32)
  const lows = createSeries()
  const highs = createSeries()
  const samplePeaks = new Float64Array(channels)
  const sides = { left: 0, right: 0, both: 0 }
  let squares = 0
  let frames = 0

  function addChannels(planes: number[], from: number, length: number) {
    let lowest = 0
    let highest = 0
    for (const [channel, plane] of planes.entries()) {
      kernels.level(plane + from * 4, length, out)
      const [, square = 0, low = 0, high = 0] = runtime.doubles(out, 4)
      squares += square
      samplePeaks[channel] = Math.max(samplePeaks[channel] ?? 0, high, -low)
      lowest = Math.min(lowest, low)
      highest = Math.max(highest, high)
    }
    lows.push(lowest)
    highs.push(highest)
  }

  function addSides({ left, right }: Block, from: number, length: number) {
    const l = left + from * 4
    const r = right + from * 4
    sides.left += kernels.product(l, l, length)
    sides.right += kernels.product(r, r, length)
    sides.both += kernels.product(l, r, length)
  }

  return {
    add(block) {
      let start = 0
      const ends = block.last ? [...block.hopEnds, block.frames] : block.hopEnds
      for (const end of ends) {
        if (end === start) continue
        addChannels(block.planes, start, end - start)
        if (channels > 1) addSides(block, start, end - start)
        start = end
      }
      frames += block.frames
    },
    finish: () => ({
      frames,
      samplePeaks,
      meanSquare: frames === 0 ? 0 : squares / frames / channels,
      correlation:
        sides.left > 0 && sides.right > 0
          ? Math.max(-1, Math.min(1, sides.both / Math.sqrt(sides.left * sides.right)))
          : null,
      waveform: waveformOf(lows, highs),
    }),
  }
}

function waveformOf(lows: Series, highs: Series): Waveform {
  const hopsPerPoint = Math.max(1, Math.ceil(lows.length() / MAX_WAVEFORM_POINTS))
  return {
    secondsPerPoint: hopsPerPoint / HOPS_PER_SECOND,
    min: reduced(lows.values(), hopsPerPoint, Math.min),
    max: reduced(highs.values(), hopsPerPoint, Math.max),
  }
}

function reduced(values: Float64Array, group: number, pick: (...values: number[]) => number): number[] {
  return Array.from({ length: Math.ceil(values.length / group) }, (_, i) =>
    roundTo(pick(...values.subarray(i * group, (i + 1) * group)), 3),
  )
}
