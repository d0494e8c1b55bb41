const LARGEST_EXACT = 2 ** 53
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, power) => 10 ** power)
const DECIMAL = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/

/**
 * The number that bytes[from…to) spell in the way Live writes numbers: digits, '.', no blanks.
 * Short ones are read without making a string (mantissa and power of ten both exact, so the quotient is the nearest
 * double), the others by Number().
 * @returns NaN for anything else and for what overflows a double
 */
export function numberFromBytes(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  const negative = bytes[at] === 0x2d
  if (negative) at++
  const firstDigit = at
  let mantissa = 0
  let pointAt = -1
  for (; at < to; at++) {
    const byte = bytes[at] ?? 0
    if (byte >= 0x30 && byte <= 0x39) mantissa = mantissa * 10 + (byte - 0x30)
    else if (byte === 0x2e && pointAt < 0) pointAt = at
    else return numberFromText(bytes, from, to)
  }
  const decimals = pointAt < 0 ? 0 : to - pointAt - 1
  const complete = at > firstDigit && pointAt !== firstDigit && pointAt !== to - 1
  if (!complete || mantissa >= LARGEST_EXACT || decimals > 22) return numberFromText(bytes, from, to)
  const value = mantissa / (POWERS_OF_TEN[decimals] ?? Number.NaN)
  return negative && value !== 0 ? -value : value
}

function numberFromText(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > 400) return Number.NaN
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1')
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value + 0 : Number.NaN
}
