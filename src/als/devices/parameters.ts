import { asStored, type TrackAutomation, type Unit } from '../automation.ts'
import type { SetDevice, SetParameters } from '../contract.ts'
import type { Reading } from '../reading.ts'
import { cleanName } from '../text.ts'
import { familyOf } from './classes.ts'
import { eqEight } from './equalizers.ts'
import type { DeviceFamily, Kind, Row } from './family.ts'
import { unitOf } from './family.ts'

/** Parts of a device that hold other devices, presets and views, not knobs of its own. */
const NOT_ITS_OWN = new Set([
  'On',
  'Branches',
  'ReturnBranches',
  'LastPresetRef',
  'SourceContext',
  'MacroVariations',
  'PluginDesc',
  'PatchSlot',
  'BlobSlot',
  'FileDropList',
])
/** Elements of lists whose parameters have a name of their own: plug-ins and Max devices. */
const PARAMETER_NAMES = ['ParameterName', 'Name']
const STORED_PARAMETERS_PER_DEVICE = 2048

type Rows = ReadonlyMap<string, Row>
const rowsOf = new WeakMap<DeviceFamily, Rows>()

function rowsByPath(family: DeviceFamily): Rows {
  const known = rowsOf.get(family)
  if (known !== undefined) return known
  const extra = family === eqEight ? eqEight.bandRows : []
  const rows = new Map([...family.rows, ...extra].map((row) => [row[0], row]))
  rowsOf.set(family, rows)
  return rows
}

/** Fills in the parameters of a device: those of its family in real units, all others as stored. */
export function readParameters(
  reading: Reading,
  node: number,
  device: SetDevice,
  automation: TrackAutomation,
): void {
  const entry = familyOf(device.class)
  const family = typeof entry === 'function' ? entry(reading, node) : entry
  if (family !== undefined) device.parameters = readFamily(reading, node, family)
  const walk = new ParameterWalk(reading, device, automation, family)
  walk.below(node, '')
}

function readFamily(reading: Reading, device: number, family: DeviceFamily): SetParameters {
  const parameters: SetParameters = {}
  for (const [path, key, kind] of family.rows) {
    const node = reading.tape.path(device, ...path.split('/'))
    const value = node < 0 ? null : readValue(reading, node, kind)
    if (value !== null || parameters[key] === undefined) parameters[key] = value
  }
  return { ...parameters, ...family.read?.(reading, device) }
}

function readValue(reading: Reading, node: number, kind: Kind): number | boolean | string | null {
  if (kind.kind === 'flag') return reading.flag(node)
  const stored = reading.number(node)
  if (stored === null) return null
  return kind.kind === 'number' ? kind.unit(stored) : (kind.words[stored] ?? null)
}

class ParameterWalk {
  private readonly reading: Reading
  private readonly device: SetDevice
  private readonly automation: TrackAutomation
  private readonly rows: Rows | undefined
  private count = 0

  constructor(
    reading: Reading,
    device: SetDevice,
    automation: TrackAutomation,
    family: DeviceFamily | undefined,
  ) {
    this.reading = reading
    this.device = device
    this.automation = automation
    this.rows = family === undefined ? undefined : rowsByPath(family)
  }

  below(node: number, prefix: string): void {
    const { tape } = this.reading
    const stop = tape.end[node] ?? 0
    for (let child = node + 1; child < stop; child = tape.end[child] ?? stop) {
      if ((tape.end[child] ?? 0) === child + 1) continue
      const name = tape.name(child)
      if (prefix === '' && (NOT_ITS_OWN.has(name) || name.startsWith('MacroControls.'))) continue
      if (this.isParameter(child)) this.parameter(child, prefix + name)
      else this.below(child, prefix + this.listed(child, name))
    }
  }

  private isParameter(node: number): boolean {
    const { tape } = this.reading
    return tape.child(node, 'Manual') >= 0 || tape.child(node, 'ArrangerAutomation') >= 0
  }

  /** Path of an element that is not a parameter itself; members of a list are told apart by name or number. */
  private listed(node: number, name: string): string {
    const { tape } = this.reading
    if (name === 'ParameterList' || name === 'Timeable') return ''
    const id = tape.attribute(node, 'Id')
    if (id < 0) return `${name}/`
    for (const candidate of PARAMETER_NAMES) {
      const given = this.reading.givenName(tape.child(node, candidate))
      if (given !== null) return `${given}/`
    }
    return `${name}.${cleanName(tape.text(id) ?? '')}/`
  }

  private parameter(node: number, path: string): void {
    const named = path.replace(/\/(?:Timeable|ParameterValue)$/, '')
    const row = this.rows?.get(path)
    const key = row?.[1] ?? named
    const unit: Unit = row === undefined ? asStored : unitOf(row[2])
    if (row === undefined) this.store(node, key)
    this.automation.add(node, key, unit, this.device)
  }

  private store(node: number, key: string): void {
    if (++this.count > STORED_PARAMETERS_PER_DEVICE || key === '__proto__') {
      this.reading.notUnderstood.add('limit', 'stored parameters', this.device.class)
      return
    }
    const { tape } = this.reading
    const attribute = this.reading.valueAttribute(node)
    const first = tape.arena[tape.valueFrom[attribute] ?? 0]
    const isWord = first === 0x74 || first === 0x66 // true, false
    const value = isWord ? this.reading.flag(node) : this.reading.number(node)
    if (value !== null) this.device.storedParameters[key] = value
  }
}
