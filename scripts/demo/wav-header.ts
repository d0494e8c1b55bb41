export const WAV_HEADER_BYTES = 44

/** A 16-bit stereo WAV of silence with its header written; the samples follow at WAV_HEADER_BYTES, left then right. */
export function blankWav(frames: number, sampleRateHz: number): Buffer {
  const dataBytes = frames * 4
  const bytes = Buffer.alloc(WAV_HEADER_BYTES + dataBytes)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(36 + dataBytes, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(2, 22)
  bytes.writeUInt32LE(sampleRateHz, 24)
  bytes.writeUInt32LE(sampleRateHz * 4, 28)
  bytes.writeUInt16LE(4, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(dataBytes, 40)
  return bytes
}
