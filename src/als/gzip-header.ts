const FIXED_BYTES = 10
const HAS_CRC = 2
const HAS_EXTRA = 4
const HAS_NAME = 8
const HAS_COMMENT = 16

/**
 * Length in bytes of the gzip header at the start of the buffer; undefined when it is not complete yet or is not one.
 * Source: RFC 1952, section 2.3.
 */
export function gzipHeaderLength(bytes: Uint8Array): number | undefined {
  const method = bytes[2]
  const flags = bytes[3]
  if (bytes.length < FIXED_BYTES || method !== 8 || flags === undefined || flags > 31) return undefined
  let at = FIXED_BYTES
  if (flags & HAS_EXTRA) at += 2 + (bytes[at] ?? 0) + 256 * (bytes[at + 1] ?? 0)
  if (flags & HAS_NAME) at = afterZero(bytes, at)
  if (flags & HAS_COMMENT) at = afterZero(bytes, at)
  if (flags & HAS_CRC) at += 2
  return at <= bytes.length ? at : undefined
}

function afterZero(bytes: Uint8Array, from: number): number {
  const zero = bytes.indexOf(0, from)
  return zero < 0 ? bytes.length + 1 : zero + 1
}
