import type { SetDevice, SetTrack } from '../../als/contract.ts'
import type { Fused } from '../fuse.ts'
import { openRacks, type PlayingTrack } from '../playing-tracks.ts'
import type { Role } from '../track-role.ts'

/** A track that may be to blame: one that plays, or a bus (group, return, main) that others run through. */
export interface Suspect {
  track: SetTrack
  /** Place in set.tracks. */
  index: number
  /** Places in fused.tracks of what runs through it: itself, or the members of a group; all for the main track. */
  members: readonly number[]
  role: Role | null
  devices: readonly SetDevice[]
}

export function suspectsOf(fused: Fused): Suspect[] {
  const players = fused.tracks.map(
    ({ track, index, role, devices }, member): Suspect => ({
      track,
      index,
      members: [member],
      role: role.role,
      devices,
    }),
  )
  const buses = fused.set.tracks.flatMap((track, index) => {
    const devices = openRacks(track.devices)
    const members = membersOf(fused.tracks, track)
    const isBus = track.kind === 'group' || track.kind === 'return' || track.kind === 'main'
    return isBus && track.muted !== true && devices.length > 0 && members.length > 0
      ? [{ track, index, members, role: null, devices }]
      : []
  })
  return [...players, ...buses]
}

export function membersOf(tracks: readonly PlayingTrack[], bus: SetTrack): number[] {
  return [...tracks.keys()].filter((member) => {
    const playing = tracks[member]
    if (bus.kind === 'main') return true
    if (bus.kind === 'group') return playing?.groups.some(({ id }) => id === bus.id) ?? false
    return (
      playing?.track.sends.some(({ returnId, db }) => returnId === bus.id && db !== null && db > -40) ?? false
    )
  })
}

export const isBus = ({ track }: Suspect) => track.kind !== 'audio' && track.kind !== 'midi'
