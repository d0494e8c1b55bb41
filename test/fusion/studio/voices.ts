import type { Voice } from './song.ts'

export const SAMPLE_RATE_HZ = 44_100

export interface Sound {
  left: Float32Array
  right: Float32Array
}

export const silence = (frames: number): Sound => ({
  left: new Float32Array(frames),
  right: new Float32Array(frames),
})

const lin = (db: number) => 10 ** (db / 20)
const keyHz = (key: number) => 440 * 2 ** ((key - 69) / 12)

/** One note at full velocity, with the tail of its release. */
export function renderNote(voice: Voice, key: number, seconds: number): Sound {
  const frames = Math.ceil((soundingSeconds(voice, seconds) + 0.01) * SAMPLE_RATE_HZ)
  const sound = silence(frames)
  const independent = voice.spread
  oscillate(voice, key, seconds, sound.left, 0)
  if (independent === 0) sound.right.set(sound.left)
  else {
    oscillate(voice, key, seconds, sound.right, 1)
    for (let i = 0; i < frames; i++) {
      const shared = ((sound.left[i] ?? 0) + (sound.right[i] ?? 0)) / 2
      sound.left[i] = shared + independent * ((sound.left[i] ?? 0) - shared)
      sound.right[i] = shared + independent * ((sound.right[i] ?? 0) - shared)
    }
  }
  const gain = lin(voice.gainDb) / Math.max(1e-9, peakOf(sound))
  for (const channel of [sound.left, sound.right])
    for (let i = 0; i < frames; i++) channel[i] = (channel[i] ?? 0) * gain
  return sound
}

export function peakOf({ left, right }: Sound): number {
  let peak = 0
  for (const channel of [left, right]) for (const value of channel) peak = Math.max(peak, Math.abs(value))
  return peak
}

const isStruck = (shape: Voice['shape']) =>
  shape === 'kick' || shape === 'snare' || shape === 'hat' || shape === 'blip'

/** Struck sounds ring for as long as they decay; held ones for the note and its release. */
function soundingSeconds(voice: Voice, seconds: number): number {
  return isStruck(voice.shape) ? voice.decay * 7 : seconds + voice.release * 4
}

function oscillate(voice: Voice, key: number, seconds: number, into: Float32Array, side: number): void {
  if (isStruck(voice.shape)) strike(voice, key, into, side)
  else hold(voice, key, seconds, into, side)
}

function strike(voice: Voice, key: number, into: Float32Array, side: number): void {
  const noise = createNoise(key * 31 + side * 977 + 5)
  const hz = keyHz(key)
  let phase = 0
  let before = 0
  let smooth = 0
  for (let i = 0; i < into.length; i++) {
    const t = i / SAMPLE_RATE_HZ
    const fade = Math.exp(-t / voice.decay)
    const white = noise()
    const high = white - before
    before = white
    smooth += 0.35 * (white - smooth)
    if (voice.shape === 'kick') {
      phase += (hz * (1 + voice.brightness * 2 * Math.exp(-t / 0.018))) / SAMPLE_RATE_HZ
      into[i] = Math.sin(2 * Math.PI * phase) * fade + 0.15 * high * Math.exp(-t / 0.004)
    } else if (voice.shape === 'snare') {
      phase += hz / SAMPLE_RATE_HZ
      into[i] = 0.5 * Math.sin(2 * Math.PI * phase) * Math.exp(-t / (voice.decay * 0.5)) + 0.6 * smooth * fade
    } else if (voice.shape === 'hat') into[i] = high * fade
    else {
      phase += hz / SAMPLE_RATE_HZ
      into[i] =
        (Math.sin(2 * Math.PI * phase) + 0.3 * Math.sin(2 * Math.PI * phase * 2.31)) * fade +
        0.05 * white * Math.exp(-t / 0.01)
    }
  }
}

function hold(voice: Voice, key: number, seconds: number, into: Float32Array, side: number): void {
  const noise = createNoise(key * 17 + side * 571 + 3)
  const hz = keyHz(key)
  const detune = 2 ** ((voice.detuneCents * (side === 0 ? 1 : -1)) / 1200)
  const cutoff = Math.min(15_000, hz * 2 ** voice.brightness)
  const keep = 1 - Math.exp((-2 * Math.PI * cutoff) / SAMPLE_RATE_HZ)
  let one = 0
  let two = 0
  for (let i = 0; i < into.length; i++) {
    const t = i / SAMPLE_RATE_HZ
    const wobble = 1 + (voice.shape === 'triangle' ? 0.006 * Math.sin(2 * Math.PI * 5.3 * t) : 0)
    const raw =
      voice.shape === 'noise'
        ? noise()
        : 0.6 * wave(voice.shape, hz * t * wobble + side * 0.37) +
          0.4 * wave(voice.shape, hz * detune * t + 0.21)
    one += keep * (raw - one)
    two += keep * (one - two)
    into[i] = two * envelope(voice, t, seconds)
  }
}

function envelope(voice: Voice, t: number, seconds: number): number {
  const level = (at: number) =>
    Math.min(1, at / Math.max(0.002, voice.attack)) *
    (voice.sustain + (1 - voice.sustain) * Math.exp(-Math.max(0, at - voice.attack) / voice.decay))
  return t < seconds ? level(t) : level(seconds) * Math.exp(-(t - seconds) / Math.max(0.005, voice.release))
}

function wave(shape: Voice['shape'], cycles: number): number {
  const phase = cycles - Math.floor(cycles)
  if (shape === 'saw') return 2 * phase - 1
  if (shape === 'square') return phase < 0.5 ? 0.8 : -0.8
  if (shape === 'triangle') return 0.5 * (4 * Math.abs(phase - 0.5) - 1) + 0.4 * (2 * phase - 1)
  return Math.sin(2 * Math.PI * phase)
}

export function createNoise(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2_147_483_648 - 1
  }
}
