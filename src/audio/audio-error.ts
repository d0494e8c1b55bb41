export type AudioErrorCode =
  | 'audio/unsupported-format'
  | 'audio/damaged'
  | 'audio/empty'
  | 'audio/no-sound-stream'
  | 'audio/sample-rate-out-of-range'
  | 'audio/too-many-channels'
  | 'audio/too-long'
  | 'audio/decoder-failed'
  | 'audio/decoder-timeout'
  | 'audio/decoder-missing'
  | 'audio/unreadable'
  | 'audio/aborted'

/** Why a file could not be measured. The code is stable; the message tells a musician what to do. */
export class AudioError extends Error {
  readonly code: AudioErrorCode

  constructor(code: AudioErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'AudioError'
    this.code = code
  }
}

export function damaged(detail: string): AudioError {
  return new AudioError('audio/damaged', `The file is damaged: ${detail}. Export it again and try once more.`)
}
