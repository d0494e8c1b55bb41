import type { SetDevice } from '../als/contract.ts'
import { numberOf } from './rule.ts'

/** Parameters that make a device's output louder or softer by so many dB, whatever comes in. */
const OUTPUT_GAINS: ReadonlyMap<string, readonly string[]> = new Map([
  ['StereoGain', ['gainDb']],
  ['Compressor2', ['outputGainDb']],
  ['GlueCompressor', ['makeupDb']],
  ['Eq8', ['globalGainDb']],
  ['ChannelEq', ['outputGainDb']],
  ['Saturator', ['outputGainDb']],
  ['DrumBuss', ['outputGainDb']],
  ['MultibandDynamics', ['outputGainDb']],
  ['Echo', ['outputGainDb']],
])

/** The gain that a device adds after its own work, in dB; 0 for devices that are off or have no such knob. */
export function outputGainDb(device: SetDevice): number {
  if (device.effectivelyOn === false) return 0
  const keys = OUTPUT_GAINS.get(device.class) ?? []
  return keys.reduce((sum, key) => sum + (numberOf(device, key) ?? 0), 0)
}

/** Sum over a chain in series; racks count by the devices of their only chain, parallel chains not at all. */
export function chainGainDb(devices: readonly SetDevice[]): number {
  return devices.reduce((sum, device) => {
    const [only, second] = device.chains
    const inner = only !== undefined && second === undefined && device.effectivelyOn !== false
    return sum + outputGainDb(device) + (inner ? chainGainDb(only.devices) + (only.volumeDb ?? 0) : 0)
  }, 0)
}
