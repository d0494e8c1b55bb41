export type LiveSetErrorCode =
  | 'als/empty'
  | 'als/not-a-live-set'
  | 'als/damaged'
  | 'als/too-large'
  | 'als/too-complex'
  | 'als/forbidden-xml'

/** A file that cannot be read as a Live set: a stable code, and a sentence that a musician can act on. */
export class LiveSetError extends Error {
  readonly code: LiveSetErrorCode

  constructor(code: LiveSetErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'LiveSetError'
    this.code = code
  }
}
