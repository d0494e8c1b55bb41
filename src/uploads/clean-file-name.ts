import { withoutCardNumbers } from '../core/card-number.ts'
import { visibleText } from '../core/visible-text.ts'

const MAX_CHARACTERS = 255

/** A file's own name, for display only: one line, no path, no invisible characters, no card number, at most 255 characters. */
export function cleanFileName(name: string): string {
  const base = name.replaceAll('\\', '/').split('/').at(-1) ?? ''
  return withoutCardNumbers(visibleText(base, MAX_CHARACTERS)) || 'untitled'
}
