import type { LiveSet } from '../als/contract.ts'
import { guessRole } from '../fusion/track-role.ts'
import type { Report } from '../report/contract.ts'
import type { Fact } from './facts.ts'
import { type NumberedDevice, type NumberedTrack, numberSet } from './id-contract.ts'
import { roundFor, unitOfPath } from './units.ts'

/** A track as it is told: an id and a role of a closed list, never its name. */
export interface ToldTrack {
  id: string
  role: string
  devices: { id: string; class: string; label: string }[]
}

export interface ToldSet {
  json: Record<string, unknown>
  facts: Fact[]
  tracks: ToldTrack[]
}

/** Element names of the file format are a closed vocabulary; anything that does not look like one is not passed on. */
function classOf(name: string): string {
  return /^[A-Z][A-Za-z0-9]{1,31}$/.test(name) ? name : 'unknown'
}

/** Live's own name of a device, from its closed list; a plug-in is told as one. */
function labelOf({ device }: NumberedDevice): string {
  if (device.plugin !== null) return 'plug-in'
  return classOf(device.class) === device.class ? device.classLabel : 'unknown'
}

function roleOf({ track }: NumberedTrack): string {
  const guessed = guessRole(track, []).role
  if (guessed !== null) return guessed
  return track.kind === 'group' || track.kind === 'return' || track.kind === 'main' ? track.kind : 'unknown'
}

/** What is unusual about the state of a track; '' for one that simply plays. */
function stateOf({ track }: NumberedTrack): string {
  const words = [track.muted && 'muted', track.soloed && 'soloed', track.frozen && 'frozen']
  return words.filter((word) => word !== false && word !== null).join(' ')
}

const deviceWords = (device: NumberedDevice) =>
  `${device.id} ${classOf(device.device.class)}${device.device.on === false ? ' off' : ''}`

/** Devices that a finding may be caused by: D1, D2 … */
function causingDevices(report: Report): Set<string> {
  const causes = (report.findings?.findings ?? []).flatMap((finding) => finding.causes)
  return new Set(
    causes.flatMap(({ change }) => (change?.deviceNumber == null ? [] : `D${change.deviceNumber}`)),
  )
}

/** Paths of the other devices that something is said about: their settings are told too. */
function concernedDevices(report: Report): Set<string> {
  const ids = [
    ...(report.preflight?.results ?? []).map((result) => result.place.deviceId),
    ...(report.fusion?.counterfactuals ?? []).map((counterfactual) => counterfactual.deviceId),
  ]
  return new Set(ids.filter((id) => id !== null))
}

function concernedTracks(report: Report): Set<string> {
  const byIndex = [
    ...(report.preflight?.results ?? []).map((result) => result.place.trackIndex),
    ...(report.fusion?.counterfactuals ?? []).map((counterfactual) => counterfactual.trackIndex),
    ...(report.fusion?.match.evidence ?? []).map((evidence) => evidence.trackIndex),
    ...(report.findings?.findings ?? []).flatMap(({ causes }) => causes.map((cause) => cause.trackIndex)),
  ].flatMap((index) => (index === null ? [] : [`T${index + 1}`]))
  return new Set(byIndex)
}

function factsOfTrack({ id, track }: NumberedTrack): Fact[] {
  const numbers = { volumeDb: track.volumeDb, pan: track.pan }
  return Object.entries(numbers).flatMap(([key, value]) =>
    value === null
      ? []
      : [{ path: `set.${id}.${key}`, value: roundFor(unitOfPath(key), value), unit: unitOfPath(key) }],
  )
}

function settingsOf({ device }: NumberedDevice): [string, number | boolean][] {
  return Object.entries(device.parameters).flatMap(([key, value]): [string, number | boolean][] => {
    if (typeof value === 'number') return [[key, roundFor(unitOfPath(key), value)]]
    return typeof value === 'boolean' ? [[key, value]] : []
  })
}

const ROW_COLUMNS = ['id', 'role', 'kind', 'volumeDb', 'pan', 'state', 'devices']

function rowOf(numbered: NumberedTrack, maxDevices: number): unknown[] {
  const { id, track, devices } = numbered
  const own = devices.filter((device) => device.depth === 0)
  const listed = own.slice(0, maxDevices).map(deviceWords)
  const more = own.length > maxDevices ? [`and ${own.length - maxDevices} more`] : []
  const number = (value: number | null) => (value === null ? null : roundFor('dB', value))
  return [
    id,
    roleOf(numbered),
    track.kind,
    number(track.volumeDb),
    number(track.pan),
    stateOf(numbered),
    [...listed, ...more].join(', '),
  ]
}

/** Tracks that nothing is said about, by role: how many, which, and what devices they hold together. */
function summarise(tracks: readonly NumberedTrack[]) {
  const byRole = Map.groupBy(tracks, roleOf)
  return [...byRole].map(([role, group]) => {
    const classes = group.flatMap(({ devices }) =>
      devices.filter(({ depth }) => depth === 0).map(({ device }) => classOf(device.class)),
    )
    const counts = [...Map.groupBy(classes, (name) => name)].map(([name, all]): [string, number] => [
      name,
      all.length,
    ])
    const most = counts.sort((a, b) => b[1] - a[1]).slice(0, 6)
    return {
      role,
      count: group.length,
      tracks: rangesOf(group.map(({ id }) => Number(id.slice(1)))),
      muted: group.filter(({ track }) => track.muted).length,
      devices: most.map(([name, count]) => `${count} ${name}`).join(', '),
    }
  })
}

/** "T1–T4, T7": runs of neighbouring tracks. */
function rangesOf(numbers: readonly number[]): string {
  const runs: [number, number][] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last && number === last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  return runs.map(([from, to]) => (from === to ? `T${from}` : `T${from}–T${to}`)).join(', ')
}

/** The Live set as ids, roles and numbers. `maxTracks`: beyond it, tracks that nothing is said about are told by role. */
export function tellSet(
  set: LiveSet,
  report: Report,
  detail: { maxTracks: number; maxDevices: number },
): ToldSet {
  const tracks = numberSet(set)
  const concerned = concernedTracks(report)
  const isTold = ({ id }: NumberedTrack) => tracks.length <= detail.maxTracks || concerned.has(id)
  const single = tracks.filter(isTold)
  const paths = concernedDevices(report)
  const causing = causingDevices(report)
  const devices = tracks
    .flatMap((track) => track.devices)
    .filter(({ id, device }) => paths.has(device.id) || causing.has(id))
  const head = {
    tempoBpm: set.tempoBpm,
    timeSignature: set.timeSignature,
    liveMajor: set.liveMajor,
    arrangementLengthBeats: set.arrangementLengthBeats,
    trackCount: set.tracks.length,
  }
  return {
    json: {
      ...head,
      tracks: { columns: ROW_COLUMNS, rows: single.map((track) => rowOf(track, detail.maxDevices)) },
      ...(single.length < tracks.length && {
        otherTracks: summarise(tracks.filter((track) => !isTold(track))),
      }),
      ...(devices.length > 0 && {
        devices: Object.fromEntries(
          devices.slice(0, detail.maxTracks).map((device) => [
            device.id,
            {
              track: device.trackId,
              class: classOf(device.device.class),
              ...Object.fromEntries(settingsOf(device)),
            },
          ]),
        ),
      }),
    },
    facts: [
      ...Object.entries(head).flatMap(([key, value]) =>
        value === null ? [] : [{ path: `set.${key}`, value, unit: unitOfPath(key) }],
      ),
      ...single.flatMap(factsOfTrack),
      ...devices.flatMap((device) =>
        settingsOf(device).map(([key, value]) => ({
          path: `set.${device.id}.${key}`,
          value,
          unit: unitOfPath(key),
        })),
      ),
    ],
    tracks: tracks.map((track) => ({
      id: track.id,
      role: roleOf(track),
      devices: track.devices.map((device) => ({
        id: device.id,
        class: classOf(device.device.class),
        label: labelOf(device),
      })),
    })),
  }
}
