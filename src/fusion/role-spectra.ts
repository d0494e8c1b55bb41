import type { Role } from './track-role.ts'

/**
 * What is known of a part before its mix is looked at: how loud it usually is, and where its energy lies. Only a
 * beginning: the mix itself decides, where parts can be told apart by when they play.
 * Levels: mean power of the part while it plays against the mix, dB. Vocal, bass, kick, snare after the loudness of
 * sources in expert mixes (facts: vocal −2.7, bass −9.5, kick −13.2, snare −16.8 LU); the others by ear and practice.
 * Shape: power per third octave at the given frequencies, dB; straight lines on a logarithmic axis between them.
 */
interface RoleSpectrum {
  levelDb: number
  shape: readonly (readonly [hz: number, db: number])[]
}

const SPECTRA: Record<Role, RoleSpectrum> = {
  kick: {
    levelDb: -6,
    shape: [
      [25, -14],
      [50, 0],
      [80, -2],
      [150, -12],
      [400, -24],
      [2000, -28],
      [5000, -30],
      [20_000, -45],
    ],
  },
  snare: {
    levelDb: -10,
    shape: [
      [50, -40],
      [120, -14],
      [200, 0],
      [400, -6],
      [1000, -8],
      [3000, -8],
      [8000, -12],
      [20_000, -25],
    ],
  },
  hats: {
    levelDb: -20,
    shape: [
      [100, -50],
      [1000, -30],
      [4000, -8],
      [8000, 0],
      [12_000, 0],
      [20_000, -6],
    ],
  },
  percussion: {
    levelDb: -16,
    shape: [
      [60, -35],
      [200, -5],
      [500, 0],
      [1500, -6],
      [5000, -14],
      [20_000, -30],
    ],
  },
  drums: {
    levelDb: -5,
    shape: [
      [25, -14],
      [50, 0],
      [100, -4],
      [250, -8],
      [1000, -14],
      [5000, -14],
      [10_000, -15],
      [20_000, -25],
    ],
  },
  bass: {
    levelDb: -6,
    shape: [
      [25, -14],
      [45, 0],
      [100, -2],
      [200, -8],
      [600, -18],
      [2000, -30],
      [8000, -45],
      [20_000, -60],
    ],
  },
  lead: {
    levelDb: -11,
    shape: [
      [80, -40],
      [250, -6],
      [500, 0],
      [1500, -6],
      [4000, -16],
      [10_000, -28],
      [20_000, -40],
    ],
  },
  chords: {
    levelDb: -12,
    shape: [
      [60, -30],
      [150, -4],
      [350, 0],
      [1000, -8],
      [3000, -20],
      [8000, -32],
      [20_000, -48],
    ],
  },
  vocal: {
    levelDb: -6,
    shape: [
      [80, -35],
      [180, -6],
      [500, 0],
      [1500, -8],
      [3500, -14],
      [8000, -22],
      [20_000, -40],
    ],
  },
  effects: {
    levelDb: -20,
    shape: [
      [60, -25],
      [500, -8],
      [2000, -2],
      [6000, 0],
      [12_000, -6],
      [20_000, -15],
    ],
  },
}

const UNKNOWN: RoleSpectrum = {
  levelDb: -12,
  shape: [
    [25, -14],
    [60, -4],
    [150, 0],
    [600, -4],
    [2000, -10],
    [8000, -20],
    [20_000, -35],
  ],
}

const spectrumOf = (role: Role | null) => (role === null ? UNKNOWN : SPECTRA[role])

/** Mean power of the part while it plays, the mix being 1. */
export function usualPower(role: Role | null): number {
  return 10 ** (spectrumOf(role).levelDb / 10)
}

/** Share of the part's power in each band; together 1. */
export function usualShares(role: Role | null, bandsHz: readonly number[]): Float64Array {
  const { shape } = spectrumOf(role)
  const powers = Float64Array.from(bandsHz, (hz) => 10 ** (between(shape, hz) / 10))
  const sum = powers.reduce((all, power) => all + power, 0)
  return powers.map((power) => power / sum)
}

function between(shape: RoleSpectrum['shape'], hz: number): number {
  const after = shape.findIndex(([at]) => at >= hz)
  const [toHz, toDb] = shape[after === -1 ? shape.length - 1 : after] ?? [hz, 0]
  const [fromHz, fromDb] = shape[Math.max(0, after - 1)] ?? [hz, 0]
  if (after <= 0) return toDb
  return fromDb + ((toDb - fromDb) * Math.log(hz / fromHz)) / Math.log(toHz / fromHz)
}
