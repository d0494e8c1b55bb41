import type { LiveSet, SetDevice, SetTrack } from '../als/contract.ts'
import { type PlayedNote, playedNotes, type Span, soundingClips } from './played-notes.ts'
import { guessRole, type RoleGuess } from './track-role.ts'

/** A track that holds music of its own, with what the set says about when and how it sounds. */
export interface PlayingTrack {
  /** Place in set.tracks. */
  index: number
  track: SetTrack
  notes: PlayedNote[]
  spans: Span[]
  /** Groups around it, from the inside out. */
  groups: SetTrack[]
  /** Its devices that are on, racks opened, in the order of the signal. */
  devices: SetDevice[]
  role: RoleGuess
  audible: boolean
}

const MOST_GROUPS = 16

/** Audio and MIDI tracks with something in the arrangement, in the order of the set. */
export function playingTracks(set: LiveSet): PlayingTrack[] {
  const anySolo = set.tracks.some(({ soloed, kind }) => soloed === true && kind !== 'main')
  return set.tracks.flatMap((track, index) => {
    if (track.kind !== 'audio' && track.kind !== 'midi') return []
    const spans = soundingClips(track).map(({ startBeat, endBeat }) => ({ startBeat, endBeat }))
    if (spans.length === 0) return []
    const groups = groupsOf(set, track)
    const notes = playedNotes(track)
    return [
      {
        index,
        track,
        notes,
        spans,
        groups,
        devices: openRacks(track.devices),
        role: guessRole(track, notes),
        audible: isAudible(track, groups, anySolo),
      },
    ]
  })
}

export function groupsOf(set: LiveSet, track: SetTrack): SetTrack[] {
  const groups: SetTrack[] = []
  let { groupId } = track
  while (groupId !== null && groups.length < MOST_GROUPS) {
    const group = set.tracks.find(({ id, kind }) => kind === 'group' && id === groupId)
    if (group === undefined) break
    groups.push(group)
    groupId = group.groupId
  }
  return groups
}

/** More tracks than this cost more time than they add: those that play longest are kept, in the order of the set. */
const MOST_TRACKS = 64

export function longestPlaying(tracks: readonly PlayingTrack[]): PlayingTrack[] {
  const beatsOf = ({ spans }: PlayingTrack) =>
    spans.reduce((sum, { startBeat, endBeat }) => sum + endBeat - startBeat, 0)
  const kept = new Set([...tracks].sort((a, b) => beatsOf(b) - beatsOf(a)).slice(0, MOST_TRACKS))
  return tracks.filter((track) => kept.has(track))
}

function isAudible(track: SetTrack, groups: readonly SetTrack[], anySolo: boolean): boolean {
  const chain = [track, ...groups]
  if (chain.some(({ muted }) => muted === true)) return false
  if (anySolo && !chain.some(({ soloed }) => soloed === true)) return false
  return track.output?.kind !== 'none' && track.output?.kind !== 'external'
}

/** The devices that are on, those inside racks behind their rack. */
export function openRacks(devices: readonly SetDevice[]): SetDevice[] {
  return devices.flatMap((device) =>
    device.effectivelyOn === false
      ? []
      : [device, ...device.chains.flatMap((chain) => (chain.on === false ? [] : openRacks(chain.devices)))],
  )
}
