// Control characters, and the marks that change the direction or hide parts of a text.
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu

/** One line of what can be seen of a text, at most so many characters; may be empty. */
export function visibleText(text: string, maxCharacters: number): string {
  const seen = text.normalize('NFC').replaceAll(unseen, '').replaceAll(/\s+/g, ' ').trim()
  return [...seen].slice(0, maxCharacters).join('')
}
