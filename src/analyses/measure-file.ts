import { AudioError } from '../audio/audio-error.ts'
import type { AudioMeasures, PartialMeasures } from '../audio/contract.ts'
import { measureCodecs } from '../audio/measure-codecs.ts'
import { measureInThread } from '../audio/measure-in-thread.ts'
import { partialOfAll } from '../audio/partial.ts'
import type { Context } from '../context.ts'
import type { TrackProfile } from '../report/comparison-contract.ts'
import { profileTrack } from '../report/track-profile.ts'
import type { RawFileFacts } from '../uploads/list-raw-files.ts'

/** Ninety minutes decode in seconds; a decoder that needs longer than this hangs. */
const MAX_DECODE_SECONDS = 180

export interface MeasureFileOptions {
  signal: AbortSignal
  /** What the account's tier allows: a header may leave the length open, so that only decoding tells. */
  maxTrackSeconds: number
  onProgress(stage: string, percent: number): void
  onPartial?(partial: PartialMeasures): void
}

/** A part of the work: what people read about it, and from which to which percent of the whole it runs. */
export interface Share {
  stage: string
  fromPercent: number
  toPercent: number
}

const within = ({ fromPercent, toPercent }: Share, percent: number) =>
  fromPercent + (percent * (toPercent - fromPercent)) / 100

/** Measures a raw file where it lies. @throws AudioError */
export function measureFile(
  ctx: Context,
  path: string,
  options: MeasureFileOptions,
  share: Share,
): Promise<AudioMeasures> {
  const { ffmpegPath, ffprobePath } = ctx.config
  const { signal, maxTrackSeconds, onProgress, onPartial } = options
  onProgress(`opening ${share.stage}`, share.fromPercent)
  return measureInThread(path, {
    limits: { maxDurationSeconds: maxTrackSeconds, maxDecodeSeconds: MAX_DECODE_SECONDS },
    ffmpegPath,
    ffprobePath,
    signal,
    ...(onPartial ? { onPartial } : {}),
    onProgress: (_stage, percent) => onProgress(`measuring ${share.stage}`, within(share, percent)),
  })
}

/** The numbers stand on the page while the track goes through the codecs. */
export async function addCodecs(
  ctx: Context,
  path: string,
  audio: AudioMeasures,
  options: MeasureFileOptions,
  share: Share,
): Promise<AudioMeasures> {
  options.onPartial?.(partialOfAll(audio))
  const codecs = await measureCodecs(path, audio, {
    ffmpegPath: ctx.config.ffmpegPath,
    maxDecodeSeconds: MAX_DECODE_SECONDS,
    signal: options.signal,
    onProgress: (percent) => options.onProgress(share.stage, within(share, percent)),
  })
  return { ...audio, codecs }
}

/** The numbers of the reference. @throws AudioError that says it is about the reference */
export async function measureReference(
  ctx: Context,
  file: RawFileFacts,
  { signal, maxTrackSeconds, onProgress }: MeasureFileOptions,
  share: Share,
): Promise<TrackProfile> {
  const options = { signal, maxTrackSeconds, onProgress }
  try {
    return profileTrack(
      await ctx.storage.withFile(file.key, (path) => measureFile(ctx, path, options, share)),
    )
  } catch (error) {
    if (!(error instanceof AudioError)) throw error
    throw new AudioError(error.code, `The reference track: ${error.message}`, { cause: error })
  }
}
