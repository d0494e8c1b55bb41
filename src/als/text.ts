const NAME_CHARACTERS = 255
const INFO_CHARACTERS = 1000
const PLAIN_TEXT = /^[\x20-\x7e]*$/

/** White space that would break a line, and the Unicode line and paragraph separators. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]/g

/**
 * Characters that change how the text around them is shown, or show nothing: controls, marks and overrides of writing
 * direction, zero-width space and joiners (but for the one inside emoji), tags, interlinear marks, non-characters.
 */
const HIDDEN =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e0fff}]/gu

/** Untrusted text made fit to be shown on one line: cleaned, NFC, cut at a whole character. */
export function cleanText(text: string, characters: number): string {
  if (text.length <= characters && PLAIN_TEXT.test(text)) return text
  const clean = text
    .slice(0, characters * 8)
    .replace(BREAKS, ' ')
    .replace(HIDDEN, '')
    .normalize('NFC')
  return clean.length <= characters ? clean : cutAtCharacter(clean, characters)
}

export function cleanName(text: string): string {
  return cleanText(text, NAME_CHARACTERS)
}

export function cleanInfo(text: string): string {
  return cleanText(text, INFO_CHARACTERS)
}

/** The last component of a path of any system, so that no folder and no user name is kept. */
export function lastPathComponent(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
}

function cutAtCharacter(text: string, units: number): string {
  const last = text.charCodeAt(units - 1)
  const splitsPair = last >= 0xd800 && last <= 0xdbff
  return text.slice(0, splitsPair ? units - 1 : units)
}
