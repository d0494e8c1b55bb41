import { setImmediate } from 'node:timers/promises'
import { AudioError, damaged } from './audio-error.ts'
import type { Codec } from './codecs.ts'
import type { EncodedPeaks } from './contract.ts'
import { amplitudeDb, difference, rounded, roundTo } from './decibels.ts'
import type { DecoderPaths, Decoding } from './decode.ts'
import { decodeThroughCodec } from './decode-through-codec.ts'
import { eventsOf } from './events.ts'
import { HOPS_PER_SECOND } from './hop-grid.ts'
import { type KernelRuntime, loadKernels } from './kernels/load-kernels.ts'
import { createLevelMeter } from './level-meter.ts'
import type { PcmSource } from './pcm-source.ts'
import type { Container } from './sniff.ts'
import { type Block, readBlocks } from './track-blocks.ts'
import { createTruePeakMeter } from './true-peak-meter.ts'

/** Samples before a block that the true-peak interpolators look back at. */
const HISTORY_FRAMES = 1024
const BLOCKS_PER_TURN = 32
/** An event of full-scale samples is over when there is none for 100 ms. */
const GAP_HOPS = 10

/** One codec for one file. */
export interface CodecJob {
  path: string
  container: Container
  codec: Codec
  rateHz: number
  durationSeconds: number
  truePeakDbtp: number | null
  timeoutSeconds: number
  ffmpegPath: string
}

/**
 * Encodes a track, decodes it again to floats and measures what comes out.
 * @param onProgress whole percents of the track, rising
 * @returns dBTP and dB, null in silence
 * @throws AudioError audio/decoder-failed, audio/decoder-timeout
 */
export async function measureThroughCodec(
  job: CodecJob,
  onDecoder: NonNullable<DecoderPaths['onDecoder']>,
  onProgress: (percent: number) => void,
): Promise<EncodedPeaks> {
  const { codec, rateHz, durationSeconds, timeoutSeconds, ffmpegPath } = job
  const decoding = await decodeThroughCodec(
    job,
    codec,
    rateHz,
    { maxSeconds: Math.ceil(durationSeconds) + 1, timeoutSeconds },
    { ffmpegPath, onDecoder },
  )
  try {
    return await measureDecoded(decodedSource(decoding, rateHz), job, onProgress)
  } catch (error) {
    decoding.stop()
    throw error
  }
}

function decodedSource(decoding: Decoding, rateHz: number): PcmSource {
  return {
    facts: {
      container: 'wav',
      codec: 'pcm_f32le',
      sampleRateHz: rateHz,
      channels: 2,
      bitDepth: null,
      durationSeconds: 0,
    },
    roles: ['left', 'right'],
    sampleFormat: 'f32le',
    declaredFrames: null,
    async read(target) {
      const got = decoding.read(target)
      if (got < target.length) await decoding.finished
      return got
    },
    close: () => Promise.resolve(decoding.stop()),
  }
}

async function measureDecoded(
  source: PcmSource,
  job: CodecJob,
  onProgress: (percent: number) => void,
): Promise<EncodedPeaks> {
  const runtime = loadKernels()
  const blocks = readBlocks(source, runtime, HISTORY_FRAMES)
  const levels = createLevelMeter(source, runtime)
  const truePeak = createTruePeakMeter(source, runtime)
  const fullScale = createFullScaleCounter(runtime)
  for (let count = 1; ; count++) {
    const block = await blocks.next()
    if (block === null) break
    levels.add(block)
    truePeak.add(block)
    fullScale.add(block)
    if (count % BLOCKS_PER_TURN !== 0) continue
    onProgress(Math.min(99, Math.floor((100 * block.startFrame) / job.rateHz / job.durationSeconds)))
    await setImmediate()
  }
  const level = levels.finish()
  if (level.frames === 0) throw damaged('no sound came back from the codec')
  const peaks = truePeak.finish()
  const highest = Math.max(...level.channels.map(({ samplePeak }) => samplePeak), ...peaks.channels)
  const truePeakDbtp = rounded(amplitudeDb(highest), 2)
  const delayHops = Math.round((job.codec.delayFrames / job.rateHz) * HOPS_PER_SECOND)
  return {
    truePeakDbtp,
    truePeakSeconds: highest > 0 ? secondsOf(peaks.highestHop - delayHops) : null,
    overshootDb: difference(truePeakDbtp, rounded(job.truePeakDbtp, 2)),
    clips: {
      samples: fullScale.samples(),
      ...eventsOf(
        hopsAtFullScale(
          level.channels.map(({ hopPeaks }) => hopPeaks),
          delayHops,
        ),
        GAP_HOPS,
      ),
    },
  }
}

const secondsOf = (hop: number): number => roundTo(Math.max(0, hop) / HOPS_PER_SECOND, 2)

function hopsAtFullScale(channels: Float64Array[], delayHops: number): number[] {
  const hops: number[] = []
  for (let hop = 0; hop < (channels[0]?.length ?? 0); hop++)
    if (channels.some((peaks) => (peaks[hop] ?? 0) >= 1)) hops.push(Math.max(0, hop - delayHops))
  return hops
}

/** Samples at or above full scale, over all channels: what a player that delivers integers cuts off. */
function createFullScaleCounter({ kernels, ...runtime }: KernelRuntime) {
  const state = runtime.allocate(16)
  const out = runtime.allocate(16)
  let samples = 0
  return {
    add({ planes, frames }: Block) {
      for (const plane of planes) {
        kernels.clipped(plane, frames, 1, state, out)
        samples += runtime.integers(out, 3)[0] ?? 0
      }
    },
    samples: () => samples,
  }
}

/** Why a codec has no numbers, where that lies in the machine and not in the track. */
export function reasonOf(error: unknown): 'timed-out' | 'codec-failed' | null {
  if (!(error instanceof AudioError) || error.code === 'audio/aborted') return null
  return error.code === 'audio/decoder-timeout' ? 'timed-out' : 'codec-failed'
}
