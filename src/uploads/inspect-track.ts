import { AudioError } from '../audio/audio-error.ts'
import { probe } from '../audio/decode.ts'
import { openTrack } from '../audio/open-track.ts'
import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { aboutReference } from './errors.ts'
import type { SpooledFile } from './multer-storage.ts'

/** Errors that say the file is not what it claims, against errors about what it holds. */
const unsupportedCodes = new Set(['audio/unsupported-format', 'audio/no-sound-stream'])

/**
 * The gate before any work: headers are read by a decoder that may open nothing else.
 * @throws AppError unsupported or invalid with the engine's stable code
 */
export async function inspectTrack(
  ctx: Context,
  { path, role }: Pick<SpooledFile, 'path' | 'role'>,
  maxDurationSeconds: number,
): Promise<void> {
  const { ffmpegPath, ffprobePath } = ctx.config
  const decoder = { ffmpegPath, ffprobePath }
  try {
    const track = await openTrack(path, { limits: { maxDurationSeconds }, ...decoder })
    const { container } = track.facts
    await track.close()
    // WAV and AIFF never meet the decoder; what does must be what it thinks it is.
    if (container !== 'wav' && container !== 'aiff') await probe(path, container, decoder)
  } catch (error) {
    if (!(error instanceof AudioError)) throw error
    const kind = unsupportedCodes.has(error.code) ? 'unsupported' : 'invalid'
    const refusal = new AppError(kind, error.code, error.message, { cause: error })
    throw role === 'reference' ? aboutReference(refusal) : refusal
  }
}
