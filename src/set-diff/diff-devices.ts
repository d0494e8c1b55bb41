import type { SetChain, SetDevice, SetEqBand } from '../als/contract.ts'
import { asValue, changeAt, isSame, type Place, unitOf } from './change.ts'
import type { SetChange } from './contract.ts'
import { matchThings } from './match.ts'
import { movedIndexes } from './order.ts'

/** What devices need to know of the whole set. */
export interface DeviceContext {
  idsKept: boolean
  newIdOf: (oldId: string | null) => string | null
}

type Values = Readonly<Record<string, unknown>>

/** Changes of a chain of devices, those within racks included. */
export function diffDevices(
  place: Place,
  before: readonly SetDevice[],
  after: readonly SetDevice[],
  context: DeviceContext,
): SetChange[] {
  const { idsKept } = context
  const { pairs, removed, added } = matchThings(before, after, [
    (device) => (idsKept && device.liveId !== null ? `${device.class} ${device.liveId}` : null),
    ...(idsKept && before.every(({ liveId }) => liveId !== null)
      ? []
      : [signOf, ({ class: kind }: SetDevice) => kind]),
  ])
  const moved = movedIndexes(pairs.map((pair) => before.indexOf(pair.before)))
  return [
    ...removed.map((device) => changeAt(place, 'device-removed', { device, deviceId: null })),
    ...added.map((device) => changeAt(place, 'device-added', { device })),
    ...pairs.flatMap((pair, index) => [
      ...(moved.has(index)
        ? [
            changeAt(place, 'device-moved', {
              device: pair.after,
              before: before.indexOf(pair.before) + 1,
              after: after.indexOf(pair.after) + 1,
            }),
          ]
        : []),
      ...diffDevice(place, pair.before, pair.after, context),
    ]),
  ]
}

const signOf = (device: SetDevice) => `${device.class} ${device.name}`

function diffDevice(place: Place, before: SetDevice, after: SetDevice, context: DeviceContext): SetChange[] {
  const at = (kind: SetChange['kind'], what: string, one: unknown, other: unknown) =>
    changeAt(place, kind, {
      device: after,
      what,
      before: asValue(one),
      after: asValue(other),
      unit: unitOf(what),
    })
  const switched = before.on === after.on ? [] : [at('device-switched', 'on', before.on, after.on)]
  const source = ({ sidechain }: SetDevice) => sidechain?.trackName ?? sidechain?.source ?? null
  const sidechain = isSameSource(before, after, context)
    ? []
    : [at('side-chain', 'source', source(before), source(after))]
  const values = [
    ...changedKeys(flat(before.parameters), flat(after.parameters)),
    ...changedKeys(before.storedParameters, after.storedParameters),
    ...changedKeys(macrosOf(before), macrosOf(after)),
  ].map(({ key, one, other }) => at('parameter', key, one, other))
  return [...switched, ...sidechain, ...values, ...diffChains(place, before, after, context)]
}

/** Side-chains from one track are the same, however it is called now. */
function isSameSource(before: SetDevice, after: SetDevice, { newIdOf }: DeviceContext): boolean {
  const [one, other] = [before.sidechain, after.sidechain]
  if (one === null || other === null) return one === other
  if (one.trackId === null || other.trackId === null) return one.source === other.source
  return newIdOf(one.trackId) === other.trackId && one.point === other.point
}

function macrosOf({ macros }: SetDevice): Values {
  return Object.fromEntries(macros.map(({ value }, index) => [`macro${index + 1}`, value]))
}

/** Bands of an equaliser as keys of their own: "band3.gainDb". */
function flat(parameters: SetDevice['parameters']): Values {
  const entries = Object.entries(parameters).flatMap(([key, value]): [string, unknown][] =>
    Array.isArray(value) ? value.flatMap(bandEntries) : [[key, value]],
  )
  return Object.fromEntries(entries)
}

function bandEntries({ band, side, mode: _mode, ...values }: SetEqBand): [string, unknown][] {
  return Object.entries(values).map(([key, value]) => [`band${band}${side === 'B' ? 'B' : ''}.${key}`, value])
}

/** Keys whose values differ; what one version of Live does not store says nothing. */
export function changedKeys(before: Values, after: Values): { key: string; one: unknown; other: unknown }[] {
  return Object.keys(after).flatMap((key) => {
    const [one, other] = [before[key], after[key]]
    if (!Object.hasOwn(before, key) || isSame(one, other)) return []
    return [{ key, one, other }]
  })
}

function diffChains(place: Place, before: SetDevice, after: SetDevice, context: DeviceContext): SetChange[] {
  const lists: readonly (readonly [SetChain[], SetChain[]])[] = [
    [before.chains, after.chains],
    [before.returnChains, after.returnChains],
  ]
  return lists.flatMap(([one, other]) => {
    const keys = [
      ({ name, midiNote }: SetChain) => `${midiNote} ${name}`,
      ({ midiNote }: SetChain) => `${midiNote}`,
    ]
    const { pairs, removed, added } = matchThings(one, other, keys)
    const chain = (what: string, from: unknown, to: unknown) =>
      changeAt(place, 'parameter', {
        device: after,
        what,
        before: asValue(from),
        after: asValue(to),
        unit: unitOf(what),
      })
    return [
      ...removed.map(({ name }) => chain('chain', name, null)),
      ...added.map(({ name }) => chain('chain', null, name)),
      ...pairs.flatMap((pair) => [
        ...(['volumeDb', 'pan', 'on', 'soloed'] as const).flatMap((key) =>
          isSame(pair.before[key], pair.after[key])
            ? []
            : [chain(`chain.${key}`, pair.before[key], pair.after[key])],
        ),
        ...diffDevices(place, pair.before.devices, pair.after.devices, context),
      ]),
    ]
  })
}
