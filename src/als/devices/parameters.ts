import { asStored, type TrackAutomation } from '../automation.ts'
import type { SetDevice, SetParameters } from '../contract.ts'
import { NONE } from '../no-node.ts'
import type { Reading } from '../reading.ts'
import { cleanName } from '../text.ts'
import { familyOf } from './classes.ts'
import { type DeviceFamily, type Kind, type Row, unitOf } from './family.ts'
import { type Paths, pathsOf } from './paths.ts'
import type { DeviceBudget, DevicePlace } from './place.ts'

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
/** Elements of a list member that hold its parameter and say nothing themselves. */
const PARAMETER_PARTS = new Set(['Timeable', 'ParameterValue'])
/** Lists without knobs that may be very long: the samples of an instrument. */
const LONG_LISTS = new Set(['SampleParts', 'MultiSampleMap', 'SampleRef'])
/** Where a member of a list keeps its name: plug-ins and Max devices name their parameters. */
const PARAMETER_NAMES = ['ParameterName', 'Name']

type Rows = ReadonlyMap<string, Row>
const rowsOf = new WeakMap<DeviceFamily, Rows>()

function rowsByPath(family: DeviceFamily): Rows {
  const known = rowsOf.get(family)
  if (known !== undefined) return known
  const rows = new Map([...family.rows, ...(family.automationRows ?? [])].map((row) => [row[0], row]))
  rowsOf.set(family, rows)
  return rows
}

/** Fills in the parameters of a device: those of its family in real units, all others as stored. */
export function readParameters(place: DevicePlace, node: number, device: SetDevice): void {
  const { reading } = place
  const entry = familyOf(device.class)
  const family = typeof entry === 'function' ? entry(reading, node) : entry
  if (family !== undefined) device.parameters = readFamily(reading, node, family)
  const walk = new ParameterWalk(place, device, family)
  walk.below(node, 0)
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
  if (kind.kind === 'number') return kind.unit(stored)
  const word = kind.words[stored]
  if (word === undefined) reading.notUnderstood.add('value', `choice ${stored}`, reading.tape.name(node))
  return word ?? null
}

type Ids = { readonly manual: number; readonly arranger: number; readonly target: number }

class ParameterWalk {
  private readonly reading: Reading
  private readonly device: SetDevice
  private readonly automation: TrackAutomation
  private readonly rows: Rows | undefined
  private readonly paths: Paths
  private readonly ids: Ids
  private readonly budget: DeviceBudget

  constructor(
    { reading, automation, budget }: DevicePlace,
    device: SetDevice,
    family: DeviceFamily | undefined,
  ) {
    this.reading = reading
    this.device = device
    this.automation = automation
    this.budget = budget
    this.rows = family === undefined ? undefined : rowsByPath(family)
    const { names } = reading.tape
    this.paths = pathsOf(names)
    this.ids = {
      manual: names.find('Manual'),
      arranger: names.find('ArrangerAutomation'),
      target: names.find('AutomationTarget'),
    }
  }

  /** Visits the parameters below an element; what is a parameter shows in its children. */
  below(node: number, parent: number): void {
    const { tape } = this.reading
    const { manual: manualName, arranger, target: targetName } = this.ids
    const stop = tape.end[node] ?? 0
    for (let child = node + 1; child < stop; child = tape.end[child] ?? stop) {
      const childStop = tape.end[child] ?? 0
      if (childStop === child + 1) continue
      let manual = NONE
      let arranged = NONE
      let target = NONE
      for (let part = child + 1; part < childStop; part = tape.end[part] ?? childStop) {
        const name = tape.nameOf[part]
        if (name === manualName) manual = part
        else if (name === arranger) arranged = part
        else if (name === targetName) target = part
      }
      if (parent === 0 && this.isSkipped(child)) continue
      const path = this.pathTo(child, parent, manual >= 0 || arranged >= 0)
      if (path === NONE) continue
      if (manual >= 0 || arranged >= 0) this.parameter(path, manual, arranged, target)
      else this.below(child, path)
    }
  }

  private isSkipped(node: number): boolean {
    const name = this.reading.tape.name(node)
    return NOT_ITS_OWN.has(name) || name.startsWith('MacroControls.')
  }

  /** Path of an element below its parent's; members of a list are told apart by name or number. */
  private pathTo(node: number, parent: number, isParameter: boolean): number {
    const { tape } = this.reading
    const name = tape.name(node)
    if (isParameter)
      return PARAMETER_PARTS.has(name) ? parent : this.paths.below(parent, tape.nameOf[node] ?? 0)
    if (LONG_LISTS.has(name)) return NONE
    if (name === 'ParameterList') return parent
    const id = tape.attribute(node, 'Id')
    if (id < 0) return this.paths.below(parent, tape.nameOf[node] ?? 0)
    for (const candidate of PARAMETER_NAMES) {
      const given = this.reading.givenName(tape.child(node, candidate))
      if (given !== null) return this.paths.labelled(parent, given)
    }
    return this.paths.labelled(parent, `${name}.${cleanName(tape.text(id) ?? '')}`)
  }

  private parameter(pathId: number, manual: number, arranged: number, target: number): void {
    const path = this.paths.text(pathId)
    const row = this.rows?.get(path)
    const key = row?.[1] ?? path
    if (row === undefined) this.store(key, manual, arranged)
    const events = this.automation.eventsAt(target, arranged)
    if (events >= 0)
      this.automation.addEvents(events, key, row === undefined ? asStored : unitOf(row[2]), this.device)
  }

  private store(key: string, manual: number, arranged: number): void {
    const { tape } = this.reading
    const holder = manual >= 0 ? manual : tape.firstChild(tape.child(arranged, 'Events'))
    const attribute = tape.attribute(holder, 'Value')
    if (attribute < 0) return
    if (this.budget.storedParameters-- <= 0) {
      this.reading.notUnderstood.add('limit', 'stored parameters', this.device.class)
      return
    }
    const first = tape.arena[tape.valueFrom[attribute] ?? 0]
    const isWord = first === 0x74 || first === 0x66 // true, false
    const value = isWord
      ? this.reading.attributeFlag(attribute, holder)
      : this.reading.attributeNumber(attribute, holder)
    if (value !== null) this.device.storedParameters[key] = value
  }
}
