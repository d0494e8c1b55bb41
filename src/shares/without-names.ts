import { z } from 'zod'
import { liveSetSchema, trackSchema } from '../als/contract.ts'
import { fusionSchema } from '../fusion/contract.ts'
import { preflightSchema } from '../preflight/contract.ts'
import type { Report } from '../report/contract.ts'
import { sealed } from '../report/hash-report.ts'

/** Text of a Live set that no person chose: numbers of things, classes of the file format, colours, metres. */
const SET_KEYS = new Set([
  'id',
  'liveId',
  'trackId',
  'groupId',
  'returnId',
  'chainId',
  'deviceId',
  'class',
  'classLabel',
  'colorHex',
  'timeSignature',
  'rootName',
  'type',
  'format',
])
/** Text that names things of the set in the parts made from it; the rest there are our own words. */
const NAMING_KEYS = new Set(['trackName', 'deviceName', 'clipName', 'locator', 'name'])

type Keeps = (key: string) => boolean

/** The value with every free text emptied whose key is not kept; words of a closed list stay. */
function blanked(schema: unknown, value: unknown, key: string, keeps: Keeps): unknown {
  if (value === null || value === undefined) return value
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional)
    return blanked(schema.def.innerType, value, key, keeps)
  if (typeof value === 'string') return schema instanceof z.ZodEnum || keeps(key) ? value : ''
  if (Array.isArray(value)) {
    const element = elementOf(schema)
    return value.map((item) => blanked(element, item, key, keeps))
  }
  if (typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, blanked(memberOf(schema, name), inner, name, keeps)]),
  )
}

function memberOf(schema: unknown, name: string): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[name]
  return schema instanceof z.ZodRecord ? schema.def.valueType : undefined
}

function elementOf(schema: unknown): unknown {
  if (schema instanceof z.ZodArray) return schema.def.element
  if (schema instanceof z.ZodUnion)
    return schema.def.options.map(elementOf).find((each) => each !== undefined)
  return undefined
}

function namelessSet(set: NonNullable<Report['set']>): NonNullable<Report['set']> {
  const tracks = set.tracks.map((track, index) => {
    const blank = trackSchema.parse(blanked(trackSchema, track, '', (key) => SET_KEYS.has(key)))
    return { ...blank, name: `T${index + 1}`, userName: null, devices: blank.devices.map(namelessDevice) }
  })
  const rest = { ...set, tracks: [], plugins: [], notUnderstood: [], samples: { ...set.samples, files: [] } }
  return { ...liveSetSchema.parse(blanked(liveSetSchema, rest, '', (key) => SET_KEYS.has(key))), tracks }
}

type Device = NonNullable<Report['set']>['tracks'][number]['devices'][number]
type Chain = Device['chains'][number]

/** Plug-ins name their own parameters: those go as well. */
function namelessDevice(device: Device): Device {
  const chainWithout = (chain: Chain): Chain => ({ ...chain, devices: chain.devices.map(namelessDevice) })
  return {
    ...device,
    name: device.classLabel,
    userName: null,
    preset: null,
    storedParameters: {},
    chains: device.chains.map(chainWithout),
    returnChains: device.returnChains.map(chainWithout),
  }
}

/** The report without a name of anything in it: no file, track, clip, locator, scene, chain, device, preset or plug-in. */
export function withoutNames(report: Report): Report {
  const isOurs: Keeps = (key) => !NAMING_KEYS.has(key)
  return sealed({
    ...report,
    set: report.set && namelessSet(report.set),
    // What was renamed, added or moved is told by names.
    setChanges: null,
    preflight: report.preflight
      ? preflightSchema.parse(blanked(preflightSchema, report.preflight, '', isOurs))
      : report.preflight,
    fusion: report.fusion
      ? fusionSchema.parse(blanked(fusionSchema, report.fusion, '', isOurs))
      : report.fusion,
  })
}
