import { readColor } from '../color.ts'
import type { SetChain, SetDevice } from '../contract.ts'
import { CHAIN_ELEMENTS } from '../known-elements.ts'
import { faderDb } from '../units.ts'
import type { DevicePlace, ReadDevices } from './place.ts'

const HIGHEST_NOTE = 128

/** The chains of a rack, pads of a drum rack included. */
export function readChains(
  place: DevicePlace,
  branches: number,
  rack: SetDevice,
  word: 'chain' | 'return chain',
  readDevices: ReadDevices,
): SetChain[] {
  const chains: SetChain[] = []
  const { reading, budget } = place
  for (const branch of reading.tape.children(branches)) {
    if (budget.left <= 0) {
      reading.notUnderstood.add('limit', 'chains', 'Branches')
      continue
    }
    budget.left--
    chains.push(readChain(place, branch, rack, `${word} ${chains.length + 1}`, readDevices))
  }
  return chains
}

function readChain(
  place: DevicePlace,
  branch: number,
  rack: SetDevice,
  label: string,
  readDevices: ReadDevices,
): SetChain {
  const { reading, automation } = place
  const { tape } = reading
  reading.noteUnknownChildren(branch, 'Chain', CHAIN_ELEMENTS)
  const mixer = tape.child(branch, 'MixerDevice')
  const speaker = tape.child(mixer, 'Speaker')
  const volume = tape.child(mixer, 'Volume')
  const pan = tape.child(mixer, 'Panorama')
  const on = reading.flag(speaker)
  automation.add(speaker, `${label} on`, (stored) => stored, rack)
  automation.add(volume, `${label} volumeDb`, faderDb, rack)
  automation.add(pan, `${label} pan`, (stored) => stored, rack)
  const info = tape.child(branch, 'BranchInfo')
  const receiving = reading.integer(tape.child(info, 'ReceivingNote'))
  const separator = label.startsWith('return') ? 'r' : ''
  const index = label.slice(label.lastIndexOf(' ') + 1)
  return {
    id: reading.id(branch),
    name: readChainName(place, branch),
    ...readColor(reading, branch),
    on,
    soloed: reading.flag(tape.child(branch, 'IsSoloed')),
    volumeDb: faderDb(reading.number(volume, { min: 0, max: 1000 })),
    pan: reading.number(pan, { min: -1, max: 1 }),
    midiNote:
      receiving === null || receiving < 1 || receiving > HIGHEST_NOTE ? null : HIGHEST_NOTE - receiving,
    chokeGroup: reading.integer(tape.child(info, 'ChokeGroup')) || null,
    sends: readSends(place, mixer),
    devices: readDevices(
      place,
      chainDevices(place, branch),
      `${rack.id}/${separator}${Number(index) - 1}`,
      rack.effectivelyOn !== false && on !== false,
    ),
  }
}

function readChainName(place: DevicePlace, branch: number): string {
  const { reading } = place
  const { tape } = reading
  const name = tape.child(branch, 'Name')
  return (
    reading.givenName(tape.child(name, 'EffectiveName')) ??
    reading.givenName(tape.child(name, 'UserName')) ??
    reading.name(name) ??
    ''
  )
}

/** The list lies in an AudioToAudio, MidiToAudio or MidiToMidi device chain. */
function chainDevices(place: DevicePlace, branch: number): number {
  const { tape } = place.reading
  return tape.child(tape.firstChild(tape.child(branch, 'DeviceChain')), 'Devices')
}

function readSends(place: DevicePlace, mixer: number): SetChain['sends'] {
  const { reading } = place
  const { tape } = reading
  const sends: SetChain['sends'] = []
  for (const holder of tape.children(tape.child(mixer, 'SendInfos'))) {
    if (sends.length >= reading.limits.sends) {
      reading.notUnderstood.add('limit', 'sends', 'MixerDevice')
      continue
    }
    const amount = reading.number(tape.child(holder, 'Send'), { min: 0, max: 1000 })
    sends.push({ chainIndex: sends.length, db: faderDb(amount) })
  }
  return sends
}
