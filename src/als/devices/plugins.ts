import type { SetPlugin } from '../contract.ts'
import type { Reading } from '../reading.ts'
import { readFileName } from '../samples.ts'

const AU_INSTRUMENT = 1_635_085_685 // 'aumu'
const AU_EFFECTS = [1_635_083_896, 1_635_085_670] // 'aufx', 'aumf'

/** The program outside Live that a device stands for; null for Live's own devices. */
export function readPlugin(reading: Reading, device: number, deviceClass: string): SetPlugin | null {
  if (deviceClass.startsWith('MxDevice')) return readMax(reading, device, deviceClass)
  const { tape } = reading
  const description = tape.child(device, 'PluginDesc')
  const vst2 = tape.child(description, 'VstPluginInfo')
  if (vst2 >= 0) return readVst2(reading, vst2)
  const vst3 = tape.child(description, 'Vst3PluginInfo')
  if (vst3 >= 0) return readVst3(reading, vst3)
  const au = tape.child(description, 'AuPluginInfo')
  if (au >= 0) return readAu(reading, au)
  const other = tape.firstChild(description)
  if (other >= 0) reading.notUnderstood.add('element', tape.name(other), 'PluginDesc')
  return null
}

function readVst2(reading: Reading, info: number): SetPlugin {
  const { tape } = reading
  const category = reading.number(tape.child(info, 'Category'))
  return {
    format: 'VST2',
    name: reading.givenName(tape.child(info, 'PlugName')),
    vendor: null,
    instrument: category === null || category === 0 ? null : category === 2,
    missing: reading.flag(tape.child(info, 'IsPlaceholderDevice')),
  }
}

function readVst3(reading: Reading, info: number): SetPlugin {
  const { tape } = reading
  const type = reading.number(tape.child(info, 'DeviceType'))
  return {
    format: 'VST3',
    name: reading.givenName(tape.child(info, 'Name')),
    vendor: null,
    instrument: type === 1 ? true : type === 2 ? false : null,
    missing: reading.flag(tape.child(info, 'IsPlaceholderDevice')),
  }
}

function readAu(reading: Reading, info: number): SetPlugin {
  const { tape } = reading
  const type = reading.number(tape.child(info, 'ComponentType'))
  return {
    format: 'AU',
    name: reading.givenName(tape.child(info, 'Name')),
    vendor: reading.givenName(tape.child(info, 'Manufacturer')),
    instrument: type === AU_INSTRUMENT ? true : type !== null && AU_EFFECTS.includes(type) ? false : null,
    missing: reading.flag(tape.child(info, 'IsUnusable')),
  }
}

function readMax(reading: Reading, device: number, deviceClass: string): SetPlugin {
  const { tape } = reading
  const patch = tape.firstChild(tape.path(device, 'PatchSlot', 'Value'))
  return {
    format: 'Max',
    name: readFileName(reading, tape.child(patch, 'FileRef')),
    vendor: null,
    instrument: deviceClass === 'MxDeviceInstrument',
    missing: null,
  }
}
