import { mp3FrameBytes } from './sniff.ts'

/**
 * The number of samples per channel by the Xing/Info header of an MP3, encoder delay included.
 * @param head bytes from the first frame on
 * @returns null when there is no such header, as with plain constant-bitrate files
 */
export function framesByXingHeader(head: Uint8Array): number | null {
  if (mp3FrameBytes(head, 0) === null) return null
  const mpeg1 = (((head[1] ?? 0) >> 3) & 3) === 3
  const mono = (head[3] ?? 0) >> 6 === 3
  const at = 4 + (mpeg1 ? (mono ? 17 : 32) : mono ? 9 : 17)
  if (head.length < at + 12) return null
  const tag = String.fromCharCode(...head.subarray(at, at + 4))
  if (tag !== 'Xing' && tag !== 'Info') return null
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if ((view.getUint32(at + 4, false) & 1) === 0) return null
  return view.getUint32(at + 8, false) * (mpeg1 ? 1152 : 576)
}
