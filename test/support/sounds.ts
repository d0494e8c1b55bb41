/** A stereo 16-bit WAV of a sine, made here: no fixture, no decoder. */
export function makeWav(
  options: { seconds?: number; sampleRateHz?: number; frequencyHz?: number; amplitude?: number } = {},
): Buffer {
  const { seconds = 2, sampleRateHz = 44_100, frequencyHz = 440, amplitude = 0.25 } = options
  const frames = Math.round(seconds * sampleRateHz)
  const bytes = Buffer.alloc(44 + frames * 4)
  bytes.write('RIFF', 0, 'latin1')
  bytes.writeUInt32LE(36 + frames * 4, 4)
  bytes.write('WAVEfmt ', 8, 'latin1')
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(2, 22)
  bytes.writeUInt32LE(sampleRateHz, 24)
  bytes.writeUInt32LE(sampleRateHz * 4, 28)
  bytes.writeUInt16LE(4, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36, 'latin1')
  bytes.writeUInt32LE(frames * 4, 40)
  for (let frame = 0; frame < frames; frame += 1) {
    const value = Math.round(
      32_767 * amplitude * Math.sin((2 * Math.PI * frequencyHz * frame) / sampleRateHz),
    )
    bytes.writeInt16LE(value, 44 + frame * 4)
    bytes.writeInt16LE(value, 46 + frame * 4)
  }
  return bytes
}
