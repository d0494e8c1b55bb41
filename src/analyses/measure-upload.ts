import { createReadStream } from 'node:fs'
import type { LiveSet } from '../als/contract.ts'
import { parseLiveSet } from '../als/parse-live-set.ts'
import type { AudioMeasures, PartialMeasures } from '../audio/contract.ts'
import { measureCodecs } from '../audio/measure-codecs.ts'
import { measureInThread } from '../audio/measure-in-thread.ts'
import { partialOfAll } from '../audio/partial.ts'
import type { Context } from '../context.ts'
import { buildReport } from '../report/build-report.ts'
import type { Report } from '../report/contract.ts'
import type { RawFileFacts } from '../uploads/list-raw-files.ts'

/** Ninety minutes decode in seconds; a decoder that needs longer than this hangs. */
const MAX_DECODE_SECONDS = 180
const SET_SHARE_PERCENT = 10
/** Where measuring the mix ends when its encodes follow. */
const MIX_SHARE_PERCENT = 40
const DONE_PERCENT = 99

export interface MeasureUploadOptions {
  signal: AbortSignal
  /** What the account's tier allows: a header may leave the length open, so that only decoding tells. */
  maxTrackSeconds: number
  /** Whether the track is also played through platforms' codecs. */
  withCodecs: boolean
  onProgress(stage: string, percent: number): void
  onPartial(partial: PartialMeasures): void
}

function measureAudio(ctx: Context, path: string, options: MeasureUploadOptions): Promise<AudioMeasures> {
  const { ffmpegPath, ffprobePath } = ctx.config
  const endPercent = options.withCodecs ? MIX_SHARE_PERCENT : DONE_PERCENT
  return measureInThread(path, {
    limits: { maxDurationSeconds: options.maxTrackSeconds, maxDecodeSeconds: MAX_DECODE_SECONDS },
    ffmpegPath,
    ffprobePath,
    signal: options.signal,
    onPartial: options.onPartial,
    onProgress: (_stage, percent) => {
      options.onProgress('measuring the mix', share(percent, SET_SHARE_PERCENT, endPercent))
    },
  })
}

const share = (percent: number, from: number, to: number) => from + (percent * (to - from)) / 100

/** The numbers stand on the page while the track goes through the codecs. */
async function addCodecs(
  ctx: Context,
  path: string,
  audio: AudioMeasures,
  options: MeasureUploadOptions,
): Promise<AudioMeasures> {
  options.onPartial(partialOfAll(audio))
  const codecs = await measureCodecs(path, audio, {
    ffmpegPath: ctx.config.ffmpegPath,
    maxDecodeSeconds: MAX_DECODE_SECONDS,
    signal: options.signal,
    onProgress: (percent) =>
      options.onProgress('playing it through codecs', share(percent, MIX_SHARE_PERCENT, DONE_PERCENT)),
  })
  return { ...audio, codecs }
}

/**
 * The report of the raw files, read where they lie.
 * @throws AudioError, LiveSetError for files that cannot be measured
 */
export async function measureUpload(
  ctx: Context,
  files: RawFileFacts[],
  options: MeasureUploadOptions,
): Promise<Report> {
  const setFile = files.find((file) => file.role === 'set')
  const audioFile = files.find((file) => file.role === 'audio')
  let set: LiveSet | null = null
  let audio: AudioMeasures | null = null
  if (setFile) {
    options.onProgress('reading the Live set', 1)
    set = await ctx.storage.withFile(setFile.key, (path) =>
      parseLiveSet(createReadStream(path), { signal: options.signal }),
    )
  }
  if (audioFile) {
    options.onProgress('opening the mix', SET_SHARE_PERCENT)
    audio = await ctx.storage.withFile(audioFile.key, async (path) => {
      const measured = await measureAudio(ctx, path, options)
      return options.withCodecs ? addCodecs(ctx, path, measured, options) : measured
    })
  }
  return buildReport(audio, set)
}
