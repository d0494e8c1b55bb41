import type { SetDevice } from '../../als/contract.ts'
import { deviceGainDb, numberOf } from '../device-curve.ts'
import type { Suspect } from './suspects.ts'

/** What the settings of a suspect say by themselves. */
export interface Settings {
  /** Highest gain of its equalisers in the band, dB, never negative. */
  boostDb: number
  /** Sum of the gains of its devices, dB: Utility, outputs of compressors and saturators. */
  gainDb: number
  /** Fader, dB; 0 when it moves by automation or is not held by the file. */
  faderDb: number
  /** Widest Utility, 1 = as it comes in. */
  width: number
  inverted: boolean
  /** Gain into limiters, saturators and clippers, dB, the highest of them. */
  driveDb: number
  /** An effect whose settings the set does not show. */
  opaque: boolean
  /** … and whose name says that it makes loud. */
  opaqueLoudener: boolean
}

const LOUDENER = /limit|maxim|loud|clip|brick|master|ozone|press|^l\d|inflat|elevat/i

export function settingsOf({ devices, track }: Suspect, bandsHz: readonly number[]): Settings {
  const boosts = bandsHz.map((hz) => devices.reduce((sum, device) => sum + deviceGainDb(device, hz), 0))
  const effects = devices.filter(({ plugin }) => plugin !== null && plugin.instrument !== true)
  return {
    boostDb: Math.max(0, ...boosts),
    gainDb: devices.reduce((sum, device) => sum + outputGainDb(device), 0),
    faderDb: track.volumeDb ?? 0,
    width: devices.reduce((widest, device) => Math.max(widest, widthOf(device)), 1),
    inverted: devices.some(invertsOneSide),
    driveDb: devices.reduce((most, device) => Math.max(most, driveDb(device)), 0),
    opaque: effects.length > 0,
    opaqueLoudener: effects.some(({ name }) => LOUDENER.test(name)),
  }
}

/** Gain that a device adds to everything, as far as its settings say. */
export function outputGainDb(device: SetDevice): number {
  const own =
    device.class === 'StereoGain' ? 'gainDb' : device.class === 'GlueCompressor' ? 'makeupDb' : 'outputGainDb'
  const gain = numberOf(device, own) ?? 0
  return device.class === 'Eq8' ? (numberOf(device, 'globalGainDb') ?? 0) : gain
}

/** Gain into a device that holds peaks back, so that all below them gets louder. */
export function driveDb(device: SetDevice): number {
  if (device.class === 'Limiter') return Math.max(0, numberOf(device, 'gainDb') ?? 0)
  if (device.class === 'Saturator') return Math.max(0, numberOf(device, 'driveDb') ?? 0)
  if (device.class === 'GlueCompressor') return Math.max(0, numberOf(device, 'makeupDb') ?? 0)
  return 0
}

function widthOf(device: SetDevice): number {
  return device.class === 'StereoGain' ? (numberOf(device, 'width') ?? 1) : 1
}

export function invertsOneSide({ parameters }: SetDevice): boolean {
  return (parameters.phaseInvertLeft === true) !== (parameters.phaseInvertRight === true)
}
