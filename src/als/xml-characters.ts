/** Classes of bytes: part of a name, or white space; 0 for all others. */
export const NAME = 1
export const SPACE = 2

export const byteClass: Uint8Array = classes()

function classes(): Uint8Array {
  const table = new Uint8Array(256)
  for (const byte of Buffer.from('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-:')) {
    table[byte] = NAME
  }
  for (const byte of Buffer.from(' \t\r\n')) table[byte] = SPACE
  return table
}

/** 1 for every byte that a value holds as it stands: no quote, reference, markup, control or part of a longer character. */
export const plainInValue: Uint8Array = plainValues()

function plainValues(): Uint8Array {
  const table = new Uint8Array(256).fill(1, 0x20, 0x80)
  for (const byte of Buffer.from('"\'<&')) table[byte] = 0
  return table
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
])
const LONGEST_REFERENCE = 12

/**
 * The reference at bytes[at] (`&amp;`, `&#233;`, `&#xE9;`) as UTF-8; its bytes are undefined when XML does not allow it.
 * @returns undefined when the reference is not complete yet
 */
export function readReference(
  bytes: Buffer,
  at: number,
  end: number,
): { bytes: Buffer | undefined; after: number } | undefined {
  const stop = Math.min(end, at + LONGEST_REFERENCE)
  let semicolon = at + 1
  while (semicolon < stop && bytes[semicolon] !== 0x3b) semicolon++
  if (semicolon === end && semicolon < at + LONGEST_REFERENCE) return undefined
  const body = bytes.toString('latin1', at + 1, semicolon)
  const text = semicolon === stop ? undefined : (ENTITIES.get(body) ?? fromNumber(body))
  return { bytes: text === undefined ? undefined : Buffer.from(text), after: semicolon + 1 }
}

function fromNumber(body: string): string | undefined {
  const match = /^#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}))$/.exec(body)
  if (match === null) return undefined
  const point = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16)
  return isXmlCharacter(point) ? String.fromCodePoint(point) : undefined
}

/** Source: XML 1.0, production 2 (Char). */
function isXmlCharacter(point: number): boolean {
  return (
    point === 9 ||
    point === 10 ||
    point === 13 ||
    (point >= 0x20 && point <= 0xd7ff) ||
    (point >= 0xe000 && point <= 0xfffd) ||
    (point >= 0x10000 && point <= 0x10ffff)
  )
}
