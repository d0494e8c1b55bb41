import { barsOf, placeOfBeat } from '../als/bars.ts'
import type { BarStretch, LiveSet, SetClip, SetDevice, SetTrack } from '../als/contract.ts'
import { visitDevices } from '../als/resolve.ts'
import { type Role, roleOf } from './roles.ts'

/** A track with what the rules ask about it again and again. */
export interface ViewedTrack extends SetTrack {
  index: number
  role: Role | null
  /** Clips that play: of the arrangement where the set has one, otherwise of the session; deactivated ones left out. */
  content: SetClip[]
  /** Every device, those in racks included, in the order of the file. */
  allDevices: SetDevice[]
  /** Groups around it, the inner first. */
  groups: ViewedTrack[]
  /** Another track, a side-chain or an input listens to it. */
  feedsOthers: boolean
  /** It gets audio or notes from elsewhere than its own clips. */
  isFed: boolean
}

export interface SetView {
  set: LiveSet
  tracks: ViewedTrack[]
  main: ViewedTrack | undefined
  bars: BarStretch[]
  usesArrangement: boolean
  hasClips: boolean
  barOf: (beat: number) => number
  barBeatsAt: (beat: number) => number
  isAutomated: (track: ViewedTrack, device: SetDevice | null, parameter: string) => boolean
}

/** What the rules look at. The set stays as it is. */
export function viewSet(set: LiveSet): SetView {
  const usesArrangement = set.tracks.some((track) => arrangementClips(track).length > 0)
  const tracks = set.tracks.map((track, index) => viewTrack(track, index, usesArrangement))
  connect(tracks)
  const bars = barsOf(set)
  return {
    set,
    tracks,
    main: tracks.find(({ kind }) => kind === 'main'),
    bars,
    usesArrangement,
    hasClips: tracks.some(({ clipList }) => clipList.length > 0),
    barOf: (beat) => placeOfBeat(bars, beat).bar,
    barBeatsAt: (beat) => (bars.findLast((each) => each.beat <= beat) ?? bars[0])?.barBeats ?? 4,
    isAutomated: (track, device, parameter) =>
      track.automation.some((each) => each.deviceId === (device?.id ?? null) && each.parameter === parameter),
  }
}

function arrangementClips({ clipList }: SetTrack): SetClip[] {
  return clipList.filter(({ view, disabled }) => view === 'arrangement' && disabled !== true)
}

function viewTrack(track: SetTrack, index: number, usesArrangement: boolean): ViewedTrack {
  const allDevices: SetDevice[] = []
  visitDevices(track.devices, (device) => allDevices.push(device))
  const session = track.clipList.filter(({ view, disabled }) => view === 'session' && disabled !== true)
  return {
    ...track,
    index,
    role: roleOf(track, allDevices),
    content: usesArrangement ? arrangementClips(track) : session,
    allDevices,
    groups: [],
    feedsOthers: false,
    isFed: track.input?.kind === 'track' || track.monitor === 'in' || track.armed === true,
  }
}

/** Deeper nesting is none of Live's. */
const DEEPEST_GROUP = 64

/** Groups around each track, and who listens to whom. */
function connect(tracks: readonly ViewedTrack[]): void {
  const byId = new Map(tracks.flatMap((track) => (track.id === null ? [] : [[track.id, track] as const])))
  const listensTo = (id: string | null | undefined) => {
    const source = byId.get(id ?? '')
    if (source !== undefined) source.feedsOthers = true
  }
  for (const track of tracks) {
    listensTo(track.input?.trackId)
    for (const { sidechain } of track.allDevices) listensTo(sidechain?.trackId)
    const target = byId.get(track.output?.trackId ?? '')
    if (target !== undefined) target.isFed = true
    for (let group = byId.get(track.groupId ?? ''); group !== undefined; ) {
      if (track.groups.length >= DEEPEST_GROUP) break
      track.groups.push(group)
      group = byId.get(group.groupId ?? '')
    }
  }
}
