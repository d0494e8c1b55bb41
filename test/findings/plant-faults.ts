import type { FaultShape } from '../../src/findings/tone/fault-shapes.ts'
import { lin, noise } from '../audio/signals.ts'

/** Faults put into a clean stereo mix, each by its definition and nothing else. 44.1 kHz, full scale = 1. */
export type Mix = readonly [Float64Array, Float64Array]
const RATE_HZ = 44_100

const each = ([left, right]: Mix, change: (value: number, frame: number, side: 0 | 1) => number): Mix => [
  left.map((value, frame) => change(value, frame, 0)),
  right.map((value, frame) => change(value, frame, 1)),
]

export const louder = (mix: Mix, db: number): Mix => each(mix, (value) => value * lin(db))

export const clipped = (mix: Mix, driveDb: number): Mix =>
  each(mix, (value) => Math.max(-1, Math.min(32_767 / 32_768, value * lin(driveDb))))

/** Everything squashed below a ceiling under full scale: loud without a single clip. */
export const squashed = (mix: Mix): Mix => each(mix, (value) => 0.92 * Math.tanh(12 * value))

/** Bursts at a quarter of the sample rate, between whose samples the peaks stand √2 higher. */
export const withOvers = (mix: Mix): Mix =>
  each(mix, (value, frame) => {
    const at = frame % (5 * RATE_HZ)
    return at < 176
      ? 0.95 * Math.sqrt(2) * Math.sin((Math.PI * at) / 2 + Math.PI / 4) * Math.sin((Math.PI * at) / 176)
      : value * 0.5
  })

export const sides = (mix: Mix, midGain: number, sideGain: number): Mix => {
  const mid = mix[0].map((value, i) => (midGain * (value + (mix[1][i] ?? 0))) / 2)
  const side = mix[0].map((value, i) => (sideGain * (value - (mix[1][i] ?? 0))) / 2)
  return [mid.map((value, i) => value + (side[i] ?? 0)), mid.map((value, i) => value - (side[i] ?? 0))]
}

export const oneSide = (mix: Mix, gain: number): Mix =>
  each(mix, (value, _, side) => (side === 1 ? gain * value : value))

export const offset = (mix: Mix, by: number): Mix => each(mix, (value) => 0.8 * value + by)

export const withHum = (mix: Mix, dbfs: number): Mix =>
  each(mix, (value, frame) =>
    [50, 100, 150, 250].reduce(
      (sum, hz, k) => sum + (lin(dbfs) / (k + 1)) * Math.sin((2 * Math.PI * hz * frame) / RATE_HZ),
      value,
    ),
  )

export const withNoise = (mix: Mix, dbfs: number): Mix => {
  const hiss = [noise(mix[0].length, 1), noise(mix[0].length, 2)]
  // Even noise in −1…1 has an RMS of 1/√3.
  return each(mix, (value, frame, side) => value + lin(dbfs) * Math.sqrt(3) * (hiss[side]?.[frame] ?? 0))
}

export const padded = (mix: Mix, headSeconds: number, tailSeconds: number): Mix => {
  const pad = (channel: Float64Array) => {
    const head = Math.round(headSeconds * RATE_HZ)
    const long = new Float64Array(head + channel.length + Math.round(tailSeconds * RATE_HZ))
    long.set(channel, head)
    return long
  }
  return [pad(mix[0]), pad(mix[1])]
}

export const withClicks = (mix: Mix, count: number): Mix =>
  each(mix, (value, frame) =>
    frame > 0 && frame % Math.floor(mix[0].length / (count + 1)) === 0 ? (value > 0 ? -0.9 : 0.9) : value,
  )

export const withHoles = (mix: Mix, count: number, seconds: number): Mix => {
  const every = Math.floor(mix[0].length / (count + 1))
  return each(mix, (value, frame) => (frame > every && frame % every < seconds * RATE_HZ ? 0 : value))
}

export const cutAt = ([left, right]: Mix, seconds: number): Mix => [
  left.slice(0, Math.round(seconds * RATE_HZ)),
  right.slice(0, Math.round(seconds * RATE_HZ)),
]

export const crushed = (mix: Mix, bits: number): Mix =>
  each(mix, (value) => Math.round(value * 2 ** (bits - 1)) / 2 ** (bits - 1))

export const fadedOut = (mix: Mix, seconds: number): Mix =>
  each(mix, (value, frame) => value * Math.min(1, (mix[0].length - 1 - frame) / (seconds * RATE_HZ)))

/** Everything under about 120 Hz turned over on the right side. */
export const lowsOutOfPhase = (mix: Mix): Mix => {
  const lows = lowPass(
    lowPass(
      mix[0].map((value, i) => (value + (mix[1][i] ?? 0)) / 2),
      150,
    ),
    150,
  )
  const rest = mix.map((channel) => {
    const own = lowPass(lowPass(channel, 150), 150)
    return channel.map((value, i) => value - (own[i] ?? 0))
  })
  const side = (channel: Float64Array | undefined, sign: number) =>
    Float64Array.from(lows, (low, i) => (channel?.[i] ?? 0) + sign * low)
  return [side(rest[0], 1), side(rest[1], -1)]
}

/** The right side is the left one upside down, but for the lows. */
export const phaseFlipped = ([left]: Mix): Mix => {
  const lows = lowPass(left, 150)
  return [left, left.map((value, i) => 2 * (lows[i] ?? 0) - value)]
}

function lowPass(samples: Float64Array, hz: number): Float64Array {
  const pole = Math.exp((-2 * Math.PI * hz) / RATE_HZ)
  let state = 0
  return samples.map((value) => {
    state = (1 - pole) * value + pole * state
    return state
  })
}

/** A bell of an equaliser over everything. */
export function equalised(mix: Mix, shape: FaultShape, gainDb: number): Mix {
  return [bell(mix[0], shape, gainDb), bell(mix[1], shape, gainDb)]
}

/** The bell as the difference equation of its formula. */
function bell(samples: Float64Array, { centreHz, q }: FaultShape, gainDb: number): Float64Array {
  const a = 10 ** (gainDb / 40)
  const w = (2 * Math.PI * centreHz) / RATE_HZ
  const alpha = Math.sin(w) / (2 * q)
  const a0 = 1 + alpha / a
  const b = [(1 + alpha * a) / a0, (-2 * Math.cos(w)) / a0, (1 - alpha * a) / a0] as const
  const [a1, a2] = [(-2 * Math.cos(w)) / a0, (1 - alpha / a) / a0]
  let [x1, x2, y1, y2] = [0, 0, 0, 0]
  return samples.map((x) => {
    const y = b[0] * x + b[1] * x1 + b[2] * x2 - a1 * y1 - a2 * y2
    ;[x2, x1, y2, y1] = [x1, x, y1, y]
    return y
  })
}

/** What a tone of one frequency gains in the bell, measured on the tone. */
export function measuredGainDb(shape: FaultShape, gainDb: number, hz: number): number {
  const tone = Float64Array.from({ length: RATE_HZ }, (_, i) => Math.sin((2 * Math.PI * hz * i) / RATE_HZ))
  const out = bell(tone, shape, gainDb).subarray(RATE_HZ / 2)
  return 20 * Math.log10(Math.sqrt((2 * out.reduce((sum, value) => sum + value * value, 0)) / out.length))
}
