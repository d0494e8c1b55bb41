import type { ProbedStream } from './decode.ts'
import { bytesAt } from './riff.ts'
import { id3Bytes, mp3FrameBytes } from './sniff.ts'

const RATES_HZ = [44_100, 48_000, 32_000]

/**
 * What an MP3 with a Xing/Info header says about itself; null when ffprobe must look.
 */
export function readMp3Header(fd: number): ProbedStream | null {
  const tagBytes = id3Bytes(bytesAt(fd, 0, 10)) ?? 0
  const head = bytesAt(fd, tagBytes, 256)
  const frames = framesByXingHeader(head)
  if (frames === null) return null
  const [, version = 0, rate = 0, mode = 0] = head
  const halvings = [2, 0, 1, 0][(version >> 3) & 3] ?? 0
  const sampleRateHz = (RATES_HZ[(rate >> 2) & 3] ?? 0) / 2 ** halvings
  if (sampleRateHz === 0) return null
  return {
    codec: 'mp3',
    sampleRateHz,
    channels: mode >> 6 === 3 ? 1 : 2,
    bitDepth: null,
    durationSeconds: frames / sampleRateHz,
  }
}

/**
 * The number of samples per channel by the Xing/Info header of an MP3, encoder delay included.
 * @param head bytes from the first frame on
 * @returns null when there is no such header, as with plain constant-bitrate files
 */
function framesByXingHeader(head: Uint8Array): number | null {
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
