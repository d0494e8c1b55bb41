import { createReadStream } from 'node:fs'
import type { LiveSet } from '../als/contract.ts'
import { parseLiveSet } from '../als/parse-live-set.ts'
import type { AudioMeasures, PartialMeasures } from '../audio/contract.ts'
import { measureInThread } from '../audio/measure-in-thread.ts'
import type { Context } from '../context.ts'
import { buildReport } from '../report/build-report.ts'
import type { Report } from '../report/contract.ts'
import type { RawFileFacts } from '../uploads/list-raw-files.ts'

/** Ninety minutes decode in seconds; a decoder that needs longer than this hangs. */
const MAX_DECODE_SECONDS = 180
const SET_SHARE_PERCENT = 10

export interface MeasureUploadOptions {
  signal: AbortSignal
  /** What the account's tier allows: a header may leave the length open, so that only decoding tells. */
  maxTrackSeconds: number
  onProgress(stage: string, percent: number): void
  onPartial(partial: PartialMeasures): void
}

function measureAudio(ctx: Context, path: string, options: MeasureUploadOptions): Promise<AudioMeasures> {
  const { ffmpegPath, ffprobePath } = ctx.config
  return measureInThread(path, {
    limits: { maxDurationSeconds: options.maxTrackSeconds, maxDecodeSeconds: MAX_DECODE_SECONDS },
    ffmpegPath,
    ffprobePath,
    signal: options.signal,
    onPartial: options.onPartial,
    onProgress: (_stage, percent) => {
      options.onProgress('measuring the mix', SET_SHARE_PERCENT + (percent * (99 - SET_SHARE_PERCENT)) / 100)
    },
  })
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
    audio = await ctx.storage.withFile(audioFile.key, (path) => measureAudio(ctx, path, options))
  }
  return buildReport(audio, set)
}
