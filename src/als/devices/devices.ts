import type { SetDevice } from '../contract.ts'
import type { Reading } from '../reading.ts'
import { readSidechain } from '../routing.ts'
import { readFileName } from '../samples.ts'
import { readChains } from './chains.ts'
import { labelOf } from './classes.ts'
import { readParameters } from './parameters.ts'
import type { DevicePlace } from './place.ts'
import { readPlugin } from './plugins.ts'

/** The devices of a list, in the order of the signal; `within` tells whether all that holds them is on. */
export function readDevices(place: DevicePlace, list: number, path: string, within: boolean): SetDevice[] {
  const { reading, budget } = place
  const devices: SetDevice[] = []
  for (const node of reading.tape.children(list)) {
    if (budget.left <= 0) {
      reading.notUnderstood.add('limit', 'devices', 'Devices')
      continue
    }
    budget.left--
    devices.push(readDevice(place, node, `${path}/${devices.length}`, within))
  }
  return devices
}

function readDevice(place: DevicePlace, node: number, id: string, within: boolean): SetDevice {
  const { reading, automation } = place
  const { tape } = reading
  const deviceClass = tape.name(node)
  const label = labelOf(deviceClass)
  if (label === undefined) reading.notUnderstood.add('device', deviceClass, 'Devices')
  const on = tape.child(node, 'On')
  const plugin = readPlugin(reading, node, deviceClass)
  const userName = reading.givenName(tape.child(node, 'UserName'))
  const device: SetDevice = {
    id,
    liveId: reading.id(tape.child(on, 'AutomationTarget')),
    class: deviceClass,
    classLabel: label ?? deviceClass,
    name: userName ?? plugin?.name ?? label ?? deviceClass,
    userName,
    info: reading.info(tape.child(node, 'Annotation')),
    on: reading.flag(on),
    effectivelyOn: null,
    preset: readPreset(reading, node),
    plugin,
    sidechain: readSidechain(reading, node),
    parameters: {},
    storedParameters: emptyTable(),
    macros: readMacros(reading, node),
    chains: [],
    returnChains: [],
  }
  device.effectivelyOn = device.on === null ? null : device.on && within
  if (on >= 0) automation.add(on, 'on', (stored) => stored, device)
  readParameters(place, node, device)
  addMacroAutomation(place, node, device)
  device.chains = readChains(place, tape.child(node, 'Branches'), device, 'chain', readDevices)
  device.returnChains = readChains(
    place,
    tape.child(node, 'ReturnBranches'),
    device,
    'return chain',
    readDevices,
  )
  return device
}

/** Without a prototype: no key of a file can meet a name of its own, and it grows without a chain of shapes. */
function emptyTable(): SetDevice['storedParameters'] {
  return Object.create(null)
}

/** Name of the preset file that the device was loaded from; null for Live's defaults. */
function readPreset(reading: Reading, device: number): string | null {
  const { tape } = reading
  const reference = tape.firstChild(tape.path(device, 'LastPresetRef', 'Value'))
  if (reference < 0 || tape.name(reference).startsWith('AbletonDefault')) return null
  const file = readFileName(reading, tape.child(reference, 'FileRef'))
  return file === null ? null : file.replace(/\.[A-Za-z0-9]{1,8}$/, '')
}

function readMacros(reading: Reading, device: number): SetDevice['macros'] {
  const { tape } = reading
  const visible = reading.integer(tape.child(device, 'NumVisibleMacroControls')) ?? 16
  const macros: SetDevice['macros'] = []
  for (let index = 0; index < Math.min(16, visible); index++) {
    const control = tape.child(device, `MacroControls.${index}`)
    if (control < 0) break
    macros.push({
      name: reading.name(tape.child(device, `MacroDisplayNames.${index}`)) ?? '',
      value: reading.number(control, { min: 0, max: 127 }),
    })
  }
  return macros
}

function addMacroAutomation(place: DevicePlace, node: number, device: SetDevice): void {
  const { tape } = place.reading
  for (let index = 0; index < 16; index++) {
    const control = tape.child(node, `MacroControls.${index}`)
    if (control < 0) return
    place.automation.add(control, `macro${index + 1}`, (stored) => stored, device)
  }
}
