/** An error that a user can meet: a stable code and a sentence. */
export interface KnownError {
  code: string
  message: string
}

/** The code and message of an error that carries both; undefined for a fault of the program. */
export function knownError(error: unknown): KnownError | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const { code, message } = error
  return typeof code === 'string' && code.includes('/') ? { code, message } : undefined
}

export function printLine(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`)
}

/** Reports a failed file: as its JSON line, or in words. Faults of the program are thrown on. */
export function printFailure(file: string, error: unknown, json: boolean): void {
  const known = knownError(error)
  if (known === undefined) throw error
  if (json) printLine({ file, error: { code: known.code, message: known.message } })
  else process.stderr.write(`${file}: ${known.message} (${known.code})\n`)
}

/** Untrusted text must not steer the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{C}/gu, '�')
}
