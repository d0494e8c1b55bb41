import type { LiveSet, SetDevice, SetTrack } from './contract.ts'
import type { NotUnderstoodList } from './not-understood.ts'

/** Calls `visit` for every device of a list, those in racks included. */
export function visitDevices(devices: readonly SetDevice[], visit: (device: SetDevice) => void): void {
  for (const device of devices) {
    visit(device)
    for (const chain of device.chains) visitDevices(chain.devices, visit)
    for (const chain of device.returnChains) visitDevices(chain.devices, visit)
  }
}

/** Fills in what needs all tracks: the returns behind the sends, the names of side-chain sources, a sound group tree. */
export function resolveReferences(
  tracks: SetTrack[],
  sendsPre: readonly (boolean | null)[],
  notUnderstood: NotUnderstoodList,
): void {
  const byId = new Map<string, SetTrack>()
  for (const track of tracks) {
    if (track.id === null) continue
    if (byId.has(track.id)) notUnderstood.add('value', 'track id used twice', 'Tracks')
    else byId.set(track.id, track)
  }
  const returns = tracks.filter((track) => track.kind === 'return')
  for (const track of tracks) {
    resolveSends(track, returns, sendsPre)
    visitDevices(track.devices, ({ sidechain }) => {
      if (sidechain?.trackId != null) sidechain.trackName = byId.get(sidechain.trackId)?.name ?? null
    })
  }
  resolveGroups(tracks, byId, notUnderstood)
}

function resolveSends(
  track: SetTrack,
  returns: readonly SetTrack[],
  sendsPre: readonly (boolean | null)[],
): void {
  for (const [index, send] of track.sends.entries()) {
    send.returnId = returns[index]?.id ?? null
    send.returnName = returns[index]?.name ?? null
    send.preFader = sendsPre[index] ?? null
  }
}

/** A parent that is no group of the set, or a circle of groups, leaves the track outside any group. */
function resolveGroups(
  tracks: readonly SetTrack[],
  byId: ReadonlyMap<string, SetTrack>,
  notUnderstood: NotUnderstoodList,
): void {
  const sound = new Set<SetTrack>()
  for (const track of tracks) {
    if (track.groupId === null) continue
    if (byId.get(track.groupId)?.kind === 'group' && leadsOut(track, byId, sound)) continue
    notUnderstood.add('value', 'group that cannot be', 'TrackGroupId')
    track.groupId = null
  }
}

/** True when the way from group to group ends; the tracks on it are remembered as sound. */
function leadsOut(track: SetTrack, byId: ReadonlyMap<string, SetTrack>, sound: Set<SetTrack>): boolean {
  const way = new Set<SetTrack>()
  for (let at: SetTrack | undefined = track; at !== undefined && !sound.has(at); ) {
    if (way.has(at)) return false
    way.add(at)
    at = at.groupId === null ? undefined : byId.get(at.groupId)
  }
  for (const passed of way) sound.add(passed)
  return true
}

/** Every plug-in of the set with how often it is used and how often it is switched off. */
export function usedPlugins(tracks: readonly SetTrack[]): LiveSet['plugins'] {
  const used = new Map<string, LiveSet['plugins'][number]>()
  for (const track of tracks) {
    visitDevices(track.devices, ({ plugin, on }) => {
      if (plugin === null) return
      const key = `${plugin.format} ${plugin.vendor} ${plugin.name}`
      const entry = used.get(key) ?? { ...plugin, count: 0, disabled: 0 }
      entry.count++
      if (on === false) entry.disabled++
      if (plugin.missing === true) entry.missing = true
      used.set(key, entry)
    })
  }
  return [...used.values()]
}
