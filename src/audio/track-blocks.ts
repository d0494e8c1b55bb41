import { damaged } from './audio-error.ts'
import { downmixGains } from './channel-layout.ts'
import { hopStart } from './hop-grid.ts'
import type { KernelRuntime } from './kernels/load-kernels.ts'
import { bytesPerSample, SAMPLE_FORMAT } from './pcm-format.ts'
import type { PcmSource } from './pcm-source.ts'

/** Hops per block: small enough for the processor's cache, large enough to make calls cheap. */
const HOPS_PER_BLOCK = 32

/** Hops of a block at most, the rest of the last one included. */
export const MAX_HOPS = HOPS_PER_BLOCK + 1
/** Silence kept after the newest sample, for filters that look ahead at the end of the track. */
const MARGIN_FRAMES = 256
/** Frames of that silence that the middle channel takes along. */
const LOOK_AHEAD_FRAMES = 8

/** A stretch of the track as float planes in kernel memory, with the samples before it. */
export interface Block {
  /** Frame index of the first new sample. */
  startFrame: number
  frames: number
  firstHop: number
  /** Ends of the hops that lie wholly in this block, in frames from its start. */
  hopEnds: number[]
  /** The same in kernel memory (i32), in the last block with the rest that is shorter than a hop. */
  ends: number
  /** How many of `ends` there are. */
  pieces: number
  /** One pointer per channel to its first new sample; `historyFrames` samples (zeros before the track) stand before it. */
  planes: number[]
  /** The stereo downmix; left = right = the channel itself for mono. */
  left: number
  right: number
  /** (left + right) / 2. */
  mid: number
  /** The last block: nothing follows. */
  last: boolean
}

export interface TrackBlocks {
  historyFrames: number
  maxFrames: number
  /** Reads on; null after the last block. The same memory is used again each time. */
  next(): Promise<Block | null>
}

/**
 * Cuts a track into blocks of whole hops. Blocks depend only on the sample rate, never on how the bytes arrive, so
 * that the same samples always give the same sums.
 * @param historyFrames samples kept from before each block
 */
export function readBlocks(source: PcmSource, runtime: KernelRuntime, historyFrames: number): TrackBlocks {
  const { sampleRateHz, channels } = source.facts
  const frameBytes = channels * bytesPerSample(source.sampleFormat)
  const maxFrames = hopStart(HOPS_PER_BLOCK, sampleRateHz) + 1
  const planeBytes = 4 * align(historyFrames + maxFrames + MARGIN_FRAMES)
  const raw = runtime.allocate(maxFrames * frameBytes + 16)
  const pool = runtime.allocate(planeBytes * channels)
  const planes = source.roles.map((_, channel) => pool + channel * planeBytes + historyFrames * 4)
  const mix = channels > 2 ? createDownmix(source, runtime, planes, planeBytes, historyFrames) : null
  const ends = runtime.allocate(MAX_HOPS * 4)
  const middle = channels === 1 ? null : runtime.allocate(planeBytes) + historyFrames * 4
  let startFrame = 0
  let firstHop = 0
  let previousFrames = 0
  let ended = false

  function keepHistory() {
    const all = [
      ...planes,
      ...(mix === null ? [] : [mix.left, mix.right]),
      ...(middle === null ? [] : [middle]),
    ]
    for (const plane of all) {
      const from = plane + (previousFrames - historyFrames) * 4
      runtime.bytes(plane - historyFrames * 4, historyFrames * 4).set(runtime.bytes(from, historyFrames * 4))
    }
  }

  return {
    historyFrames,
    maxFrames,
    async next() {
      if (ended) return null
      if (startFrame > 0) keepHistory()
      const wanted = hopStart(firstHop + HOPS_PER_BLOCK, sampleRateHz) - startFrame
      const pending = source.read(runtime.bytes(raw, wanted * frameBytes))
      const frames = Math.floor((typeof pending === 'number' ? pending : await pending) / frameBytes)
      ended = frames < wanted
      const first = planes[0] ?? 0
      const format = SAMPLE_FORMAT[source.sampleFormat]
      if (runtime.kernels.toPlanes(raw, first, planeBytes, frames, channels, format) !== 0) {
        throw damaged('some of its samples are not numbers')
      }
      // What follows the end is silence, also for filters that look ahead.
      if (ended)
        for (const plane of planes)
          runtime.bytes(plane + frames * 4, (maxFrames - frames + MARGIN_FRAMES) * 4).fill(0)
      mix?.fill(frames, maxFrames)
      const hopEnds: number[] = []
      for (let hop = firstHop + 1; hop <= firstHop + HOPS_PER_BLOCK; hop++) {
        const end = hopStart(hop, sampleRateHz) - startFrame
        if (end <= frames) hopEnds.push(end)
      }
      const pieces = ended && frames > (hopEnds.at(-1) ?? 0) ? [...hopEnds, frames] : hopEnds
      runtime.integers(ends, MAX_HOPS).set(pieces)
      const left = mix?.left ?? first
      const right = mix?.right ?? planes[1] ?? first
      if (middle !== null) runtime.kernels.middle(left, right, middle, frames + LOOK_AHEAD_FRAMES)
      const block: Block = {
        startFrame,
        frames,
        firstHop,
        hopEnds,
        ends,
        pieces: pieces.length,
        planes,
        left,
        right,
        mid: middle ?? first,
        last: ended,
      }
      startFrame += frames
      firstHop += hopEnds.length
      previousFrames = frames
      return block
    },
  }
}

const align = (frames: number): number => (frames + 3) & ~3

function createDownmix(
  source: PcmSource,
  runtime: KernelRuntime,
  planes: number[],
  planeBytes: number,
  historyFrames: number,
) {
  const left = runtime.allocate(planeBytes) + historyFrames * 4
  const right = runtime.allocate(planeBytes) + historyFrames * 4
  const gains = source.roles.map(downmixGains)
  return {
    left,
    right,
    fill(frames: number, maxFrames: number) {
      runtime.bytes(left, maxFrames * 4).fill(0)
      runtime.bytes(right, maxFrames * 4).fill(0)
      for (const [channel, plane] of planes.entries()) {
        const [toLeft, toRight] = gains[channel] ?? [0, 0]
        if (toLeft !== 0) runtime.kernels.addScaled(plane, left, frames, toLeft)
        if (toRight !== 0) runtime.kernels.addScaled(plane, right, frames, toRight)
      }
    },
  }
}
