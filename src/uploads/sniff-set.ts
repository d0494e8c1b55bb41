import { constants, gunzipSync } from 'node:zlib'

const GZIP_MAGIC = [0x1f, 0x8b] as const
/** Without the checksum at its end: a damaged set is still a set, and is told so by the reader. */
const GZIP_TRAILER_BYTES = 8
const LOOK_AT_BYTES = 2048
const LOOK_AT_MOST_BYTES = 64 * 1024

function beginningOf(head: Uint8Array): string {
  const isGzip = head[0] === GZIP_MAGIC[0] && head[1] === GZIP_MAGIC[1]
  if (!isGzip) return Buffer.from(head).toString('latin1')
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: LOOK_AT_MOST_BYTES }
    return gunzipSync(
      head.subarray(0, Math.min(LOOK_AT_BYTES, head.length - GZIP_TRAILER_BYTES)),
      options,
    ).toString('latin1')
  } catch {
    // Damaged, or so dense that its first 2 kB are more than 64 kB: no Live set begins like that.
    return ''
  }
}

/** Whether the first bytes are those of a Live set: XML, mostly gzipped, whose root is Ableton. */
export function looksLikeLiveSet(head: Uint8Array): boolean {
  return /^(?:ï»¿)?\s*(?:<\?xml[^>]*>)?\s*<Ableton[\s>]/.test(beginningOf(head))
}
