const LARGEST_EXACT = 2 ** 53
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, power) => 10 ** power)
const LONGEST_NUMBER = 400 // characters
const DECIMAL = /^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?$/

/**
 * The number that bytes[from…to) spell in the way Live writes numbers: digits, '.', no blanks.
 * Short ones are read without making a string (mantissa and power of ten both exact, so the quotient is the nearest
 * double), the others by Number().
 * @returns NaN for anything else and for what overflows a double
 */
export function numberFromBytes(bytes: Buffer, from: number, to: number): number {
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
  if (!complete || to - from > LONGEST_NUMBER) return Number.NaN
  if (mantissa >= LARGEST_EXACT || decimals > 22) return finite(Number(bytes.toString('latin1', from, to)))
  const value = mantissa / (POWERS_OF_TEN[decimals] ?? Number.NaN)
  return negative && value !== 0 ? -value : value
}

/** Numbers with an exponent, which Live was never seen to write. */
function numberFromText(bytes: Buffer, from: number, to: number): number {
  if (to - from > LONGEST_NUMBER) return Number.NaN
  const text = bytes.toString('latin1', from, to)
  return DECIMAL.test(text) ? finite(Number(text)) : Number.NaN
}

function finite(value: number): number {
  return Number.isFinite(value) ? value + 0 : Number.NaN
}
