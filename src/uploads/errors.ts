import { AppError } from '../core/errors.ts'

export type FileRole = 'audio' | 'set' | 'reference'

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / 1_000_000)} MB`
}

/** The same refusal, said of the reference: with three files in a form it must be clear which one is meant. */
export function aboutReference(error: AppError): AppError {
  return new AppError(error.kind, error.code, `The reference track: ${error.message}`, {
    ...error.details,
    fields: { reference: error.message },
    cause: error,
  })
}

export const uploadErrors = {
  notAudio: () =>
    new AppError(
      'unsupported',
      'uploads/not-audio',
      'This is not a WAV, MP3, FLAC, AIFF or OGG file, whatever its name says. Export the track in one of these formats.',
    ),
  notASet: () =>
    new AppError(
      'unsupported',
      'uploads/not-a-live-set',
      'This is not an Ableton Live set (.als). In Live, use File → Save Live Set As and upload that file.',
    ),
  empty: () => new AppError('invalid', 'uploads/empty-file', 'The file is empty (0 bytes). Export it again.'),
  nothing: () =>
    new AppError(
      'invalid',
      'uploads/nothing-sent',
      'Send a track (field audio), a Live set (field set), or both.',
    ),
  nothingToCompare: () =>
    new AppError(
      'invalid',
      'uploads/nothing-to-compare',
      'A reference is compared with a track: send the track too (field audio).',
    ),
  twoReferences: () =>
    new AppError(
      'invalid',
      'uploads/two-references',
      'Send a reference as a file, or choose a kept one: not both at once.',
      { fields: { referenceId: 'leave it out when a reference file is sent' } },
    ),
  noSuchVersion: () =>
    new AppError(
      'invalid',
      'uploads/no-such-version',
      'The earlier version is not there any more, or has no finished report with what you send (a track for a track, a Live set for a Live set). Upload without it.',
      { fields: { newVersionOf: 'no such finished track of yours' } },
    ),
  tooLarge: (role: FileRole, maxBytes: number) =>
    new AppError(
      'too-large',
      'uploads/too-large',
      role === 'set'
        ? `A Live set may have at most ${megabytes(maxBytes)}.`
        : `Your plan takes files of up to ${megabytes(maxBytes)}. Export as FLAC: the same sound, about half the size.`,
      { limit: maxBytes },
    ),
  notMultipart: () =>
    new AppError(
      'unsupported',
      'uploads/not-a-form',
      'Send the files as multipart/form-data with the fields audio, set, reference and intent.',
    ),
  badForm: (cause: unknown) =>
    new AppError(
      'malformed',
      'uploads/bad-form',
      'The upload did not arrive whole, or has fields that are not known here. Use one file each in audio, set and reference, and try again.',
      { cause },
    ),
  badIntent: (fields: Record<string, string>) =>
    new AppError(
      'invalid',
      'uploads/bad-intent',
      'The field intent must be JSON with kind "mix" or "master"; genre, destination and notes are short texts.',
      { fields },
    ),
  noSpace: () =>
    new AppError(
      'unavailable',
      'uploads/no-space',
      'The server has no room for more uploads right now. Try again in a few minutes.',
      {
        retryAfterSeconds: 300,
      },
    ),
}
