import type { Source } from './contract.ts'

export type Container = Source['container']

/** How many bytes from the start of a file decide what it is. */
export const SNIFF_BYTES = 64 * 1024

const ascii = (head: Uint8Array, at: number, text: string): boolean => {
  if (head.length < at + text.length) return false
  for (let i = 0; i < text.length; i++) if (head[at + i] !== text.charCodeAt(i)) return false
  return true
}

/**
 * The container of a sound file by its first bytes, never by its name.
 * Accepted: WAV (RIFF, RF64 and BW64; not the big-endian RIFX), AIFF and AIFF-C, FLAC, MP3 (MPEG layer III, with or
 * without ID3v2), Ogg with Vorbis, Opus or FLAC as its first stream.
 * @param head the first SNIFF_BYTES bytes, or all of a shorter file
 * @returns null for anything else: playlists, video, archives, pictures, text
 */
export function sniffContainer(head: Uint8Array): Container | null {
  if (
    ascii(head, 8, 'WAVE') &&
    (ascii(head, 0, 'RIFF') || ascii(head, 0, 'RF64') || ascii(head, 0, 'BW64'))
  ) {
    return 'wav'
  }
  if (ascii(head, 0, 'FORM') && (ascii(head, 8, 'AIFF') || ascii(head, 8, 'AIFC'))) return 'aiff'
  if (ascii(head, 0, 'fLaC')) return 'flac'
  if (ascii(head, 0, 'OggS')) return isSoundPage(head) ? 'ogg' : null
  return isMp3(head) ? 'mp3' : null
}

function isSoundPage(head: Uint8Array): boolean {
  const packet = 27 + (head[26] ?? 0)
  return (
    ascii(head, packet, '\x01vorbis') || ascii(head, packet, 'OpusHead') || ascii(head, packet, '\x7fFLAC')
  )
}

function isMp3(head: Uint8Array): boolean {
  let start = 0
  if (ascii(head, 0, 'ID3')) {
    const size = id3Bytes(head)
    if (size === null) return false
    // Cover art may push the first frame out of sight; the decoder then has the last word.
    if (size + 4 > head.length) return true
    start = size
  }
  // Some encoders pad the space between tag and first frame with zeros.
  while (start > 0 && start < head.length && head[start] === 0) start++
  const first = mp3FrameBytes(head, start)
  if (first === null) return false
  return start + first + 4 > head.length || mp3FrameBytes(head, start + first) !== null
}

/** Length of an ID3v2 tag with its header, or null when there is none. Source: id3.org, ID3v2.4 §3.1. */
export function id3Bytes(head: Uint8Array): number | null {
  if (!ascii(head, 0, 'ID3')) return null
  const [, , , major = 0xff, minor = 0xff, flags = 0, a = 0x80, b = 0x80, c = 0x80, d = 0x80] = head
  if (major < 2 || major > 4 || minor === 0xff || ((a | b | c | d) & 0x80) !== 0) return null
  return 10 + ((a << 21) | (b << 14) | (c << 7) | d) + ((flags & 0x10) !== 0 ? 10 : 0)
}

const BITRATES_V1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const BITRATES_V2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const RATES_V1_HZ = [44_100, 48_000, 32_000]

/** Length of the MPEG layer III frame whose header stands at `at`, or null. Source: ISO/IEC 11172-3 §2.4.1.3. */
export function mp3FrameBytes(bytes: Uint8Array, at: number): number | null {
  const [b0 = 0, b1 = 0, b2 = 0] = bytes.subarray(at, at + 3)
  if (b0 !== 0xff || (b1 & 0xe6) !== 0xe2) return null
  const version = (b1 >> 3) & 3
  const bitrate = (version === 3 ? BITRATES_V1 : BITRATES_V2)[b2 >> 4]
  const baseRate = RATES_V1_HZ[(b2 >> 2) & 3]
  if (version === 1 || !bitrate || !baseRate) return null
  const rate = version === 3 ? baseRate : version === 2 ? baseRate / 2 : baseRate / 4
  return Math.floor(((version === 3 ? 144_000 : 72_000) * bitrate) / rate) + ((b2 >> 1) & 1)
}
