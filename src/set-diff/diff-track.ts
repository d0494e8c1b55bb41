import type { SetAutomation, SetTrack } from '../als/contract.ts'
import { asValue, changeAt, isSame, type Place, unitOf } from './change.ts'
import type { SetChange } from './contract.ts'
import { type BarCount, diffClips } from './diff-clips.ts'
import { diffDevices } from './diff-devices.ts'
import { matchThings, type Pair } from './match.ts'

const MIXER_KEYS = ['volumeDb', 'pan', 'muted', 'soloed', 'frozen', 'delayMs', 'crossfade'] as const

export interface Around {
  bars: BarCount
  idsKept: boolean
  /** Name of the group around a track, in either version; null outside any. */
  groupOf: (track: SetTrack) => string | null
  /** Whether both stand in the same group, however it is called now. */
  isSameGroup: (pair: Pair<SetTrack>) => boolean
  /** The number that a track of the older version has in the newer one; null when it is gone. */
  newIdOf: (oldId: string | null) => string | null
}

/** Everything that differs within a track of both versions. */
export function diffTrack(place: Place, pair: Pair<SetTrack>, around: Around): SetChange[] {
  const { before, after } = pair
  const value = (kind: SetChange['kind'], what: string, one: unknown, other: unknown) =>
    changeAt(place, kind, { what, before: asValue(one), after: asValue(other), unit: unitOf(what) })
  // Only Live itself renames the main track, from one version to another.
  const isRenamed = before.name !== after.name && after.kind !== 'main'
  const renamed = !isRenamed ? [] : [value('track-renamed', 'name', before.name, after.name)]
  const regrouped = around.isSameGroup(pair)
    ? []
    : [value('track-regrouped', 'group', around.groupOf(before), around.groupOf(after))]
  const mixer = MIXER_KEYS.flatMap((key) =>
    isSame(before[key], after[key]) ? [] : [value('mixer', key, before[key], after[key])],
  )
  return [
    ...renamed,
    ...regrouped,
    ...mixer,
    ...diffSends(place, pair, around),
    ...diffDevices(place, before.devices, after.devices, around),
    ...diffClips(place, before.clipList, after.clipList, around.bars),
    ...diffAutomation(place, pair),
  ]
}

/** Sends belong to their returns, however these are called or numbered now. */
function diffSends(place: Place, { before, after }: Pair<SetTrack>, { newIdOf }: Around): SetChange[] {
  const old = new Map(before.sends.map((send) => [newIdOf(send.returnId), send]))
  return after.sends.flatMap((send) => {
    const was = send.returnId === null ? undefined : old.get(send.returnId)
    if (was === undefined || isSame(was.db, send.db)) return []
    return [changeAt(place, 'send', { what: send.returnName, before: was.db, after: send.db, unit: 'dB' })]
  })
}

function diffAutomation(place: Place, { before, after }: Pair<SetTrack>): SetChange[] {
  const key = ({ deviceName, parameter }: SetAutomation) => `${deviceName} ${parameter}`
  const { pairs, removed, added } = matchThings(before.automation, after.automation, [key])
  const change = (
    { deviceName, deviceId, parameter }: SetAutomation,
    from: number | null,
    to: number | null,
  ) =>
    changeAt(place, 'automation', {
      deviceName,
      deviceId,
      what: parameter,
      before: from,
      after: to,
      unit: 'points',
    })
  const gone = before.automation.filter((each) => isDeviceOf(each, before, after))
  return [
    ...removed.filter((each) => !gone.includes(each)).map((each) => change(each, each.pointCount, null)),
    ...added
      .filter((each) => !isDeviceOf(each, after, before))
      .map((each) => change(each, null, each.pointCount)),
    ...pairs
      .filter((pair) => JSON.stringify(pair.before.points) !== JSON.stringify(pair.after.points))
      .map((pair) => change(pair.after, pair.before.pointCount, pair.after.pointCount)),
  ]
}

/** Automation of a device that only one version has goes without saying. */
function isDeviceOf({ deviceName }: SetAutomation, own: SetTrack, other: SetTrack): boolean {
  const holds = (track: SetTrack) => track.devices.some(({ name }) => name === deviceName)
  return deviceName !== null && holds(own) && !holds(other)
}
