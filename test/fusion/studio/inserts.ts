import { filter } from './biquad.ts'
import type { EqBand, Insert } from './song.ts'
import { SAMPLE_RATE_HZ, type Sound } from './voices.ts'

const lin = (db: number) => 10 ** (db / 20)

/** Sends the sound through a device, in place. */
export function process(sound: Sound, insert: Insert): void {
  if (insert.kind === 'plugin') process(sound, insert.inside)
  else if (insert.kind === 'eq') for (const band of insert.bands) equalise(sound, band)
  else if (insert.kind === 'utility') utility(sound, insert.gainDb, insert.width, insert.invertLeft)
  else if (insert.kind === 'saturator') saturate(sound, insert.driveDb, insert.outputDb)
  else if (insert.kind === 'compressor') compress(sound, insert)
  else limit(sound, insert.gainDb, insert.ceilingDb)
}

export function equalise({ left, right }: Sound, band: EqBand): void {
  const passes = band.type === 'low-cut-48' ? 4 : 1
  for (let pass = 0; pass < passes; pass++) {
    filter(left, band)
    filter(right, band)
  }
}

export function utility({ left, right }: Sound, gainDb: number, width: number, invertLeft: boolean): void {
  const gain = lin(gainDb)
  for (let i = 0; i < left.length; i++) {
    const l = (left[i] ?? 0) * (invertLeft ? -1 : 1)
    const r = right[i] ?? 0
    const mid = (l + r) / 2
    const side = (width * (l - r)) / 2
    left[i] = gain * (mid + side)
    right[i] = gain * (mid - side)
  }
}

export function saturate({ left, right }: Sound, driveDb: number, outputDb: number): void {
  const drive = lin(driveDb)
  const out = lin(outputDb)
  for (const channel of [left, right])
    for (let i = 0; i < channel.length; i++) channel[i] = out * Math.tanh(drive * (channel[i] ?? 0))
}

type Compressor = Extract<Insert, { kind: 'compressor' }>

function compress(
  { left, right }: Sound,
  { thresholdDb, ratio, attackMs, releaseMs, outputDb }: Compressor,
): void {
  const attack = Math.exp(-1000 / (attackMs * SAMPLE_RATE_HZ))
  const release = Math.exp(-1000 / (releaseMs * SAMPLE_RATE_HZ))
  const threshold = lin(thresholdDb)
  const out = lin(outputDb)
  let level = 0
  for (let i = 0; i < left.length; i++) {
    const peak = Math.max(Math.abs(left[i] ?? 0), Math.abs(right[i] ?? 0))
    const keep = peak > level ? attack : release
    level = peak + keep * (level - peak)
    const gain = out * (level > threshold ? (level / threshold) ** (1 / ratio - 1) : 1)
    left[i] = (left[i] ?? 0) * gain
    right[i] = (right[i] ?? 0) * gain
  }
}

const LOOK_AHEAD_FRAMES = 66

/** Brick wall: the gain falls ahead of a peak within 1.5 ms and recovers within about 80 ms. */
export function limit({ left, right }: Sound, gainDb: number, ceilingDb: number): void {
  const drive = lin(gainDb)
  const ceiling = lin(ceilingDb)
  const release = Math.exp(-1 / (0.08 * SAMPLE_RATE_HZ))
  const frames = left.length
  const wanted = new Float32Array(frames)
  for (let i = 0; i < frames; i++) {
    const peak = drive * Math.max(Math.abs(left[i] ?? 0), Math.abs(right[i] ?? 0))
    wanted[i] = peak > ceiling ? ceiling / peak : 1
  }
  let gain = 1
  for (let i = 0; i < frames; i++) {
    let least = 1
    for (let ahead = i; ahead < Math.min(frames, i + LOOK_AHEAD_FRAMES); ahead += 3)
      least = Math.min(least, wanted[ahead] ?? 1)
    gain = least < gain ? Math.max(least, gain - 0.05) : least + release * (gain - least)
    const now = drive * Math.min(gain, wanted[i] ?? 1)
    left[i] = (left[i] ?? 0) * now
    right[i] = (right[i] ?? 0) * now
  }
}
