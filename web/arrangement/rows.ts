import type { LiveSet, SetAutomation, SetClip, SetTrack } from '../../src/als/contract.ts'
import type { ViewState } from './view-state.ts'

/** Name above, clips below. */
export const TRACK_PX = 36
export const LANE_PX = 44

/** A track of the set as the arrangement draws it, made once. */
export interface DrawnTrack {
  index: number
  track: SetTrack
  name: string
  depth: number
  /** Groups around it, the inner first. */
  groups: readonly number[]
  isGroup: boolean
  isSilent: boolean
  /** Clips of the arrangement in order of time. */
  clips: readonly SetClip[]
}

export type Row =
  | { kind: 'track'; top: number; height: number; drawn: DrawnTrack }
  | { kind: 'lane'; top: number; height: number; drawn: DrawnTrack; automation: SetAutomation }

const DEEPEST = 16

/** The tracks that can hold something in the arrangement; a group shows the clips of all its tracks. */
export function drawnTracks(set: LiveSet): DrawnTrack[] {
  const indexById = new Map(
    set.tracks.flatMap((track, index) => (track.id === null ? [] : [[track.id, index] as const])),
  )
  const groupsOf = (track: SetTrack) => {
    const groups: number[] = []
    for (let at = indexById.get(track.groupId ?? ''); at !== undefined && groups.length < DEEPEST; ) {
      groups.push(at)
      at = indexById.get(set.tracks[at]?.groupId ?? '')
    }
    return groups
  }
  const drawn = set.tracks.map((track, index): DrawnTrack => {
    const groups = groupsOf(track)
    return {
      index,
      track,
      name: track.name.trim() === '' ? 'unnamed' : track.name,
      depth: groups.length,
      groups,
      isGroup: track.kind === 'group',
      isSilent: track.muted === true || groups.some((group) => set.tracks[group]?.muted === true),
      clips: inOrder(track.clipList.filter(({ view }) => view === 'arrangement')),
    }
  })
  return withGroupClips(drawn).filter(
    ({ clips, track, isGroup }) => clips.length > 0 || isGroup || track.automation.length > 0,
  )
}

function inOrder(clips: readonly SetClip[]): SetClip[] {
  return clips
    .filter(({ startBeat, endBeat }) => startBeat !== null && endBeat !== null)
    .toSorted((a, b) => (a.startBeat ?? 0) - (b.startBeat ?? 0))
}

function withGroupClips(drawn: readonly DrawnTrack[]): DrawnTrack[] {
  const members = new Map<number, SetClip[]>()
  for (const { groups, clips } of drawn) {
    for (const group of groups) members.set(group, [...(members.get(group) ?? []), ...clips])
  }
  return drawn.map((each) =>
    each.isGroup ? { ...each, clips: inOrder(members.get(each.index) ?? []) } : each,
  )
}

/** The rows that are open now, from top to bottom. */
export function openRows(drawn: readonly DrawnTrack[], { folded, lanes }: ViewState): Row[] {
  const rows: Row[] = []
  let top = 0
  for (const each of drawn) {
    if (each.groups.some((group) => folded.has(group))) continue
    rows.push({ kind: 'track', top, height: TRACK_PX, drawn: each })
    top += TRACK_PX
    if (!lanes.has(each.index)) continue
    for (const automation of each.track.automation) {
      rows.push({ kind: 'lane', top, height: LANE_PX, drawn: each, automation })
      top += LANE_PX
    }
  }
  return rows
}

export function heightOf(rows: readonly Row[]): number {
  const last = rows.at(-1)
  return last === undefined ? 0 : last.top + last.height
}

/** Rows between two heights, by bisection. */
export function rowsBetween(rows: readonly Row[], fromPx: number, toPx: number): Row[] {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const row = rows[middle]
    if (row !== undefined && row.top + row.height <= fromPx) low = middle + 1
    else high = middle
  }
  const end = rows.findIndex((row, index) => index >= low && row.top >= toPx)
  return rows.slice(low, end < 0 ? rows.length : end)
}
