import { blankWav } from './wav-header.ts'

/** A short house track from oscillators and noise: ours to give away, and the same bytes every time. */
export const DEMO_BPM = 124
export const DEMO_BARS = 24
export const DEMO_SAMPLE_RATE_HZ = 44_100

const BEAT_SECONDS = 60 / DEMO_BPM
const TOTAL_FRAMES = Math.round(DEMO_BARS * 4 * BEAT_SECONDS * DEMO_SAMPLE_RATE_HZ)

export interface Part {
  name: string
  kind: 'midi' | 'audio'
  /** Bars in which it plays, the last one excluded. */
  bars: [from: number, to: number][]
  /** Notes of one bar: beat, length in beats, MIDI key, velocity 0…127. */
  pattern: { beat: number; length: number; key: number; velocity: number }[]
  volumeDb: number
  /** 0 = mono, 1 = hard left and right. */
  width: number
  voice(frequencyHz: number, seconds: number, length: number, noise: () => number): number
}

/** Small deterministic noise: the same bytes on any machine. */
function createNoise(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2_147_483_648 - 1
  }
}

const decay = (seconds: number, halfLife: number) => 2 ** (-seconds / halfLife)
const saw = (phase: number) => 2 * (phase - Math.floor(phase + 0.5))

export const demoParts: Part[] = [
  {
    name: 'Kick',
    kind: 'midi',
    bars: [
      [0, 12],
      [16, 24],
    ],
    pattern: [0, 1, 2, 3].map((beat) => ({ beat, length: 0.5, key: 36, velocity: 120 })),
    volumeDb: -4,
    width: 0,
    voice: (_frequency, t) => Math.sin(2 * Math.PI * (48 * t + 5.2 * (1 - decay(t, 0.03)))) * decay(t, 0.09),
  },
  {
    name: 'Bass',
    kind: 'midi',
    bars: [
      [4, 12],
      [16, 24],
    ],
    pattern: [0.5, 1.5, 2.5, 3.5].map((beat, index) => ({
      beat,
      length: 0.45,
      key: index === 3 ? 36 : 33,
      velocity: 100,
    })),
    volumeDb: -9,
    width: 0.1,
    voice: (frequency, t, length) =>
      (Math.sin(2 * Math.PI * frequency * t) + 0.35 * saw(frequency * t)) *
      Math.min(1, t * 200) *
      (t < length ? 1 : decay(t - length, 0.02)),
  },
  {
    name: 'Hats',
    kind: 'audio',
    bars: [
      [2, 12],
      [16, 24],
    ],
    pattern: [0.5, 1.5, 2.5, 3.5].map((beat) => ({ beat, length: 0.2, key: 42, velocity: 90 })),
    volumeDb: -19,
    width: 0.35,
    voice: (_frequency, t, _length, noise) => noise() * decay(t, 0.025),
  },
  {
    name: 'Clap',
    kind: 'audio',
    bars: [
      [8, 12],
      [16, 24],
    ],
    pattern: [1, 3].map((beat) => ({ beat, length: 0.3, key: 39, velocity: 100 })),
    volumeDb: -16,
    width: 0.2,
    voice: (_frequency, t, _length, noise) => noise() * decay(t, 0.04) * (t < 0.02 ? 0.6 : 1),
  },
  {
    name: 'Pad',
    kind: 'midi',
    bars: [[0, 24]],
    pattern: [57, 60, 64, 67].map((key) => ({ beat: 0, length: 4, key, velocity: 70 })),
    volumeDb: -22,
    width: 0.8,
    voice: (frequency, t, length) =>
      (saw(frequency * t) + saw(frequency * 1.006 * t) + 0.5 * saw(frequency * 0.5 * t)) *
      0.4 *
      Math.min(1, t / 0.25) *
      (t < length ? 1 : decay(t - length, 0.1)),
  },
]

function frequencyOf(key: number): number {
  return 440 * 2 ** ((key - 69) / 12)
}

/** Adds one note to both channels; width sets its place by the number of the note. */
function addNote(
  part: Part,
  note: Part['pattern'][number],
  startSeconds: number,
  index: number,
  mix: Float64Array[],
): void {
  const noise = createNoise(1 + index * 7919)
  const gain = 10 ** (part.volumeDb / 20) * (note.velocity / 127)
  const lengthSeconds = note.length * BEAT_SECONDS
  const side = (index % 2 === 0 ? 1 : -1) * part.width
  const [left, right] = mix
  const first = Math.round(startSeconds * DEMO_SAMPLE_RATE_HZ)
  const frames = Math.round((lengthSeconds + 0.4) * DEMO_SAMPLE_RATE_HZ)
  for (let frame = 0; frame < frames && first + frame < TOTAL_FRAMES; frame += 1) {
    const value = gain * part.voice(frequencyOf(note.key), frame / DEMO_SAMPLE_RATE_HZ, lengthSeconds, noise)
    if (left) left[first + frame] = (left[first + frame] ?? 0) + value * (1 + side)
    if (right) right[first + frame] = (right[first + frame] ?? 0) + value * (1 - side)
  }
}

/** The whole mix: two channels, soft-clipped like a careless master. */
export function renderDemo(): Float64Array[] {
  const mix = [new Float64Array(TOTAL_FRAMES), new Float64Array(TOTAL_FRAMES)]
  for (const part of demoParts)
    for (const [from, to] of part.bars)
      for (let bar = from; bar < to; bar += 1)
        part.pattern.forEach((note, index) => {
          addNote(part, note, (bar * 4 + note.beat) * BEAT_SECONDS, bar * 16 + index, mix)
        })
  for (const channel of mix)
    for (let i = 0; i < channel.length; i += 1) channel[i] = Math.tanh((channel[i] ?? 0) * 1.4) * 0.97
  return mix
}

/** 16-bit WAV of the channels, with triangular dither. */
export function encodeWav(channels: Float64Array[]): Buffer {
  const frames = channels[0]?.length ?? 0
  const bytes = blankWav(frames, DEMO_SAMPLE_RATE_HZ)
  const noise = createNoise(42)
  for (let frame = 0; frame < frames; frame += 1)
    for (const [index, channel] of channels.entries()) {
      const value = (channel[frame] ?? 0) * 32_767 + (noise() + noise()) / 2
      bytes.writeInt16LE(Math.max(-32_768, Math.min(32_767, Math.round(value))), 44 + frame * 4 + index * 2)
    }
  return bytes
}
