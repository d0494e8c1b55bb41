import { AudioError, damaged } from './audio-error.ts'
import { defaultRoles } from './channel-layout.ts'
import type { Source } from './contract.ts'
import { type DecoderPaths, type Decoding, decode } from './decode.ts'
import { type AudioLimits, tooLong } from './limits.ts'
import { bytesPerSample, type SampleFormat } from './pcm-format.ts'
import type { PcmSource } from './pcm-source.ts'

/** Encoder delay, padding and estimated lengths: what may be missing without the file being cut off. */
const LENGTH_SLACK_SECONDS = 0.5

/**
 * A track read through ffmpeg, which starts at the first read.
 * @param declaredFrames trustworthy length of the file, or null; a decoder that delivers less means a cut-off file
 */
export function openDecodedFile(
  path: string,
  facts: Source,
  sampleFormat: SampleFormat,
  declaredFrames: number | null,
  limits: AudioLimits,
  decoder: DecoderPaths,
): PcmSource {
  const frameBytes = facts.channels * bytesPerSample(sampleFormat)
  const maxBytes = Math.floor(limits.maxDurationSeconds * facts.sampleRateHz) * frameBytes
  let decoding: Decoding | null = null
  let closed = false
  let delivered = 0

  async function start(): Promise<Decoding> {
    const started = await decode(
      path,
      facts.container,
      sampleFormat,
      { maxSeconds: Math.ceil(limits.maxDurationSeconds) + 1, timeoutSeconds: limits.maxDecodeSeconds },
      decoder,
    )
    if (closed) started.stop()
    return started
  }

  async function checkEnd(running: Decoding): Promise<void> {
    await running.finished
    if (delivered === 0) throw damaged('no sound could be decoded from it')
    const missingFrames = (declaredFrames ?? 0) - delivered / frameBytes
    if (
      missingFrames > LENGTH_SLACK_SECONDS * facts.sampleRateHz ||
      (facts.container === 'flac' && missingFrames > 0)
    ) {
      throw damaged('it ends before its sound does')
    }
  }

  return {
    facts,
    roles: defaultRoles(facts.channels),
    sampleFormat,
    declaredFrames,
    async read(target) {
      decoding ??= await start()
      const got = decoding.read(target)
      delivered += got
      if (delivered > maxBytes) throw tooLong(limits)
      if (got < target.length) await checkEnd(decoding)
      return got
    },
    async close() {
      closed = true
      decoding?.stop()
      await decoding?.finished.catch(ignoreAbort)
    },
  }
}

/** After stop() only the cancellation itself may come; anything else was already thrown by read(). */
function ignoreAbort(error: unknown): void {
  if (!(error instanceof AudioError)) throw error
}
