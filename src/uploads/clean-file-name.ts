const MAX_CHARACTERS = 255
// Control characters, and the marks that change the direction or hide parts of a name.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu

/** A file's own name, for display only: one line, no path, no invisible characters, at most 255 characters. */
export function cleanFileName(name: string): string {
  const base = name.normalize('NFC').replaceAll('\\', '/').split('/').at(-1) ?? ''
  const seen = base.replaceAll(unseen, '').replaceAll(/\s+/g, ' ').trim()
  return [...seen].slice(0, MAX_CHARACTERS).join('') || 'untitled'
}
