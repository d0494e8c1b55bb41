import type { SetDevice, SetEqBand } from '../als/contract.ts'

/** Steepness of the two kinds of cuts: poles of a Butterworth filter of 12 and 48 dB per octave. */
const POLES: Readonly<Record<string, number>> = {
  'low-cut-48': 8,
  'low-cut-12': 2,
  'low-cut': 4,
  'high-cut-12': 2,
  'high-cut-48': 8,
  'high-cut': 4,
}

/**
 * What a device of the set does to the level at a frequency, dB, as far as its settings say; 0 for devices whose
 * settings say nothing about frequencies. Bells and shelves by the analogue curves of the Audio EQ Cookbook, which
 * EQ Eight is within about 1 dB of between 50 Hz and 10 kHz.
 */
export function deviceGainDb(device: SetDevice, hz: number): number {
  const { parameters } = device
  if (device.class === 'Eq8' && Array.isArray(parameters.bands)) {
    const scale = numberOf(device, 'scale') ?? 1
    return parameters.bands.reduce((sum, band) => sum + bandGainDb(band, hz, scale), 0)
  }
  if (device.class === 'FilterEQ3') return eqThreeGainDb(device, hz)
  if (device.class === 'ChannelEq')
    return (
      shelfDb(hz, 100, numberOf(device, 'lowGainDb') ?? 0, -1) +
      bellDb(hz, numberOf(device, 'midFreqHz') ?? 1000, numberOf(device, 'midGainDb') ?? 0, 0.7) +
      shelfDb(hz, 5000, numberOf(device, 'highGainDb') ?? 0, 1)
    )
  if (device.class === 'DrumBuss')
    return bellDb(hz, numberOf(device, 'boomFreqHz') ?? 50, 12 * (numberOf(device, 'boom') ?? 0), 2)
  return 0
}

export function numberOf(device: SetDevice, key: string): number | null {
  const value = device.parameters[key]
  return typeof value === 'number' ? value : null
}

/** One band of EQ Eight; both curves count half in left/right and mid/side mode. */
export function bandGainDb(band: SetEqBand, hz: number, scale = 1): number {
  const { on, type, freqHz, gainDb, q } = band
  if (on !== true || type === null || freqHz === null || freqHz <= 0) return 0
  const poles = POLES[type]
  if (poles !== undefined) return cutDb(type.startsWith('low-cut') ? freqHz / hz : hz / freqHz, poles)
  if (type === 'bell') return bellDb(hz, freqHz, (gainDb ?? 0) * scale, q ?? 0.71)
  if (type === 'low-shelf') return shelfDb(hz, freqHz, (gainDb ?? 0) * scale, -1)
  if (type === 'high-shelf') return shelfDb(hz, freqHz, (gainDb ?? 0) * scale, 1)
  return type === 'notch' && Math.abs(Math.log2(hz / freqHz)) < 1 / 6 ? -12 : 0
}

function cutDb(ratio: number, poles: number): number {
  return Math.max(-60, -10 * Math.log10(1 + ratio ** (2 * poles)))
}

function bellDb(hz: number, freqHz: number, gainDb: number, q: number): number {
  const a = 10 ** (gainDb / 40)
  const w = hz / freqHz
  const away = (1 - w * w) ** 2
  const above = away + ((w * a) / q) ** 2
  const below = away + (w / (a * q)) ** 2
  return below > 0 && above > 0 ? 10 * Math.log10(above / below) : gainDb
}

/** @param side −1 below the frequency, 1 above it */
function shelfDb(hz: number, freqHz: number, gainDb: number, side: -1 | 1): number {
  return gainDb / (1 + (freqHz / hz) ** (2 * side))
}

function eqThreeGainDb(device: SetDevice, hz: number): number {
  const low = numberOf(device, 'lowFreqHz') ?? 250
  const high = numberOf(device, 'highFreqHz') ?? 2500
  const key = hz < low ? 'low' : hz > high ? 'high' : 'mid'
  return device.parameters[`${key}On`] === false ? -60 : Math.max(-60, numberOf(device, `${key}GainDb`) ?? 0)
}
