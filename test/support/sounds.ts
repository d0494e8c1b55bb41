import { blankWav } from '../../scripts/demo/wav-header.ts'

/** A stereo 16-bit WAV of a sine, made here: no fixture, no decoder. */
export function makeWav(
  options: { seconds?: number; sampleRateHz?: number; frequencyHz?: number; amplitude?: number } = {},
): Buffer {
  const { seconds = 2, sampleRateHz = 44_100, frequencyHz = 440, amplitude = 0.25 } = options
  const frames = Math.round(seconds * sampleRateHz)
  const bytes = blankWav(frames, sampleRateHz)
  for (let frame = 0; frame < frames; frame += 1) {
    const value = Math.round(
      32_767 * amplitude * Math.sin((2 * Math.PI * frequencyHz * frame) / sampleRateHz),
    )
    bytes.writeInt16LE(value, 44 + frame * 4)
    bytes.writeInt16LE(value, 46 + frame * 4)
  }
  return bytes
}

/** As makeWav, at a rate no platform delivers: saves five encodes where the track is not what is tested. */
export function makeLowRateWav(
  options: { seconds?: number; frequencyHz?: number; amplitude?: number } = {},
): Buffer {
  return makeWav({ ...options, sampleRateHz: 24_000 })
}
