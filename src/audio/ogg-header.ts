import { damaged } from './audio-error.ts'
import type { ProbedStream } from './decode.ts'
import { bytesAt, viewOf } from './riff.ts'

const LONGEST_PAGE_BYTES = 27 + 255 + 255 * 255
const PAGE_MAGIC = 0x4f676753
const OPUS_RATE_HZ = 48_000

interface LastPage {
  serial: number
  /** Position of the last sample, null when the page does not tell. */
  granule: number | null
}

/**
 * What an Ogg file with a single Vorbis or Opus stream says about itself.
 * @returns null when the file is more complicated: then ffprobe must look
 * @throws AudioError audio/damaged when the file ends inside a page, as a cut-off file does
 */
export function readOggHeader(fd: number, head: Uint8Array, fileBytes: number): ProbedStream | null {
  const last = readLastPage(fd, fileBytes)
  const first = viewOf(head)
  if (head.length < 64 || first.getUint32(14, true) !== last.serial || last.granule === null) return null
  const packet = 27 + first.getUint8(26)
  const name = String.fromCharCode(...head.subarray(packet, packet + 8))
  if (name.startsWith('\x01vorbis')) {
    const sampleRateHz = first.getUint32(packet + 12, true)
    return stream('vorbis', sampleRateHz, first.getUint8(packet + 11), last.granule / sampleRateHz)
  }
  if (name === 'OpusHead') {
    const frames = last.granule - first.getUint16(packet + 10, true)
    return stream('opus', OPUS_RATE_HZ, first.getUint8(packet + 9), frames / OPUS_RATE_HZ)
  }
  return null
}

function stream(
  codec: string,
  sampleRateHz: number,
  channels: number,
  durationSeconds: number,
): ProbedStream | null {
  if (!(durationSeconds > 0 && Number.isFinite(durationSeconds))) return null
  return { codec, sampleRateHz, channels, bitDepth: null, durationSeconds }
}

function readLastPage(fd: number, fileBytes: number): LastPage {
  const from = Math.max(0, fileBytes - 2 * LONGEST_PAGE_BYTES)
  const tail = bytesAt(fd, from, fileBytes - from)
  const view = viewOf(tail)
  for (let at = tail.length - 27; at >= 0; at--) {
    if (tail[at] !== 0x4f || view.getUint32(at, false) !== PAGE_MAGIC) continue
    const segments = tail[at + 26] ?? 0
    let end = at + 27 + segments
    for (let i = 0; i < segments; i++) end += tail[at + 27 + i] ?? 0
    if (end > tail.length) throw damaged('it ends before its sound does')
    const granule = Number(view.getBigInt64(at + 6, true))
    return { serial: view.getUint32(at + 14, true), granule: granule > 0 ? granule : null }
  }
  throw damaged('its last part is not Ogg')
}
