import { damaged } from './audio-error.ts'

export interface FlacHeader {
  sampleRateHz: number
  channels: number
  bitDepth: number
  /** null when the encoder did not know */
  frames: number | null
}

/** Reads STREAMINFO, which must be the first block. Source: RFC 9639 §8.2. */
export function readFlacHeader(head: Uint8Array): FlacHeader {
  if (head.length < 42 || ((head[4] ?? 0) & 0x7f) !== 0) throw damaged('its FLAC header is cut off')
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const packed = view.getUint32(18, false)
  const frames = (view.getUint8(21) & 0xf) * 2 ** 32 + view.getUint32(22, false)
  return {
    sampleRateHz: packed >>> 12,
    channels: ((packed >>> 9) & 7) + 1,
    bitDepth: ((packed >>> 4) & 31) + 1,
    frames: frames === 0 ? null : frames,
  }
}
