import { CODECS, type Codec, encodedRateHz } from './codecs.ts'
import type { AudioMeasures, Codecs, EncodedPeaks } from './contract.ts'
import { roundTo } from './decibels.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { type CodecJob, reasonOf } from './measure-codec.ts'
import { runInThread } from './run-in-thread.ts'

export interface CodecOptions {
  ffmpegPath?: string
  /** Wall clock for one codec; long tracks get their own length if that is more. */
  maxDecodeSeconds?: number
  signal?: AbortSignal
  /** Whole percents of all codecs together, rising. */
  onProgress?: (percent: number) => void
}

type Encode = Codecs['encodes'][number]

/** Two at a time: each is an encoder, a decoder and a meter that wait for one another. */
const AT_ONCE = 2
/** All codecs together get this long; a worker's job ends after fifteen minutes, and the other numbers must be kept. */
const ALL_CODECS_SECONDS = 300

/**
 * What platforms' lossy codecs make of a track's peaks: real encodes of the whole track, decoded and measured.
 * A codec that does not apply or fails has null numbers and says why.
 * @param audio what was measured on the file itself
 * @throws AudioError audio/aborted when the signal fires; then nothing runs any more
 */
export async function measureCodecs(
  path: string,
  audio: AudioMeasures,
  options: CodecOptions = {},
): Promise<Codecs> {
  const { ffmpegVersion } = await import('./decode.ts')
  const ffmpegPath = options.ffmpegPath ?? 'ffmpeg'
  const stop = new AbortController()
  const signal = AbortSignal.any([stop.signal, ...(options.signal ? [options.signal] : [])])
  const percents = CODECS.map(() => 0)
  const encodes: Encode[] = []
  const waiting = [...CODECS.entries()]
  const deadlineMs = performance.now() + 1000 * ALL_CODECS_SECONDS

  async function takeTurns(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, codec] = next
      const secondsLeft = Math.max(1, Math.round((deadlineMs - performance.now()) / 1000))
      const turn = { ...options, ffmpegPath, signal, secondsLeft }
      encodes[index] = await encodeOf(path, audio, codec, turn, (percent) => {
        percents[index] = percent
        options.onProgress?.(Math.floor(percents.reduce((sum, value) => sum + value, 0) / CODECS.length))
      })
    }
  }

  const version = await ffmpegVersion({ ffmpegPath }, signal)
  const turns = Array.from({ length: AT_ONCE }, takeTurns)
  try {
    await Promise.all(turns)
  } finally {
    stop.abort()
    await Promise.allSettled(turns)
  }
  return { ffmpegVersion: version, encodes }
}

async function encodeOf(
  path: string,
  audio: AudioMeasures,
  codec: Codec,
  options: CodecOptions & { ffmpegPath: string; signal: AbortSignal; secondsLeft: number },
  onProgress: (percent: number) => void,
): Promise<Encode> {
  const { source, peaks } = audio
  const rateHz = encodedRateHz(codec, source.sampleRateHz)
  if (source.channels > 2) return without(audio, codec, 'not-stereo')
  if (rateHz === null) return without(audio, codec, 'sample-rate-too-low')
  const job: CodecJob = {
    path,
    container: source.container,
    codec,
    rateHz,
    durationSeconds: source.durationSeconds,
    truePeakDbtp: peaks.truePeakDbtp,
    timeoutSeconds: Math.min(
      options.secondsLeft,
      Math.max(options.maxDecodeSeconds ?? DEFAULT_LIMITS.maxDecodeSeconds, source.durationSeconds),
    ),
    ffmpegPath: options.ffmpegPath,
  }
  try {
    const measured = await runInThread<number, EncodedPeaks>(
      new URL('./codec-thread.ts', import.meta.url),
      job,
      { signal: options.signal, onNews: onProgress },
    )
    onProgress(100)
    return {
      ...named(codec),
      sampleRateHz: rateHz,
      ...measured,
      ...playedBy(codec, audio, measured),
      missing: null,
    }
  } catch (error) {
    const reason = reasonOf(error)
    if (reason === null) throw error
    return without(audio, codec, reason)
  }
}

const named = ({ id, name }: Codec) => ({ id, name })

function without(audio: AudioMeasures, codec: Codec, missing: NonNullable<Encode['missing']>): Encode {
  const nothing = { truePeakDbtp: null, truePeakSeconds: null, overshootDb: null, clips: null }
  return { ...named(codec), sampleRateHz: null, ...nothing, ...playedBy(codec, audio, nothing), missing }
}

/** Who plays this codec, and where the peak stands once they have turned the track down or up. */
function playedBy(
  { usedBy }: Codec,
  { delivery }: AudioMeasures,
  { truePeakDbtp }: Pick<EncodedPeaks, 'truePeakDbtp'>,
) {
  return {
    playedBy: usedBy.map(({ platform, status }) => {
      const gainDb = delivery?.platforms.find(({ name }) => name === platform)?.gainDb ?? null
      return {
        platform,
        status,
        gainDb,
        truePeakAfterDbtp:
          gainDb === null || truePeakDbtp === null ? null : roundTo(truePeakDbtp + gainDb, 2),
      }
    }),
  }
}
