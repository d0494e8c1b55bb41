import { barsOf, placeOfBeat } from '../als/bars.ts'
import type { LiveSet, SetDevice, SetTrack } from '../als/contract.ts'
import { visitDevices } from '../als/resolve.ts'
import { asValue, changeAt, isSame, type Place } from './change.ts'
import type { SetChange, SetDiff } from './contract.ts'
import type { BarCount } from './diff-clips.ts'
import { type Around, diffTrack } from './diff-track.ts'
import { areIdsKept, matchThings, overlap, type Pair } from './match.ts'
import { movedIndexes } from './order.ts'

const MOST_CHANGES = 1000
/** A track with another name and number is the same one from this likeness on: all of its devices, or most of its clips. */
const LEAST_LIKENESS = 0.5
const WHOLE_SET: Place = { track: null, trackIndex: null }

/**
 * What was changed from one version of a set to the next, in the order of the newer one. Tracks and devices are known
 * again by their numbers where the file kept them, otherwise by names and contents: a set that was numbered anew, without
 * another change, differs in nothing.
 */
export function diffSets(before: LiveSet, after: LiveSet): SetDiff {
  const idsKept = areIdsKept(
    before.tracks,
    after.tracks,
    ({ id }) => id,
    (track) => `${track.kind} ${track.name}`,
  )
  const matched = matchTracks(before.tracks, after.tracks, idsKept)
  const devicesKept = areIdsKept(
    allDevices(before),
    allDevices(after),
    ({ liveId }) => liveId,
    ({ class: kind }) => kind,
  )
  const around = aroundOf(before, after, matched.pairs, idsKept && devicesKept)
  const at = (track: SetTrack): Place => ({ track, trackIndex: after.tracks.indexOf(track) })
  const moved = movedIndexes(matched.pairs.map((pair) => before.tracks.indexOf(pair.before)))
  const changes = [
    ...diffWhole(before, after, around.bars),
    ...matched.removed.map((track) => changeAt({ track, trackIndex: null }, 'track-removed')),
    ...matched.added.map((track) => changeAt(at(track), 'track-added')),
    ...matched.pairs.flatMap((pair, index) => {
      const own = diffTrack(at(pair.after), pair, around)
      const isMoved = moved.has(index) && !own.some(({ kind }) => kind === 'track-regrouped')
      return isMoved ? [changeAt(at(pair.after), 'track-moved'), ...own] : own
    }),
  ]
  return {
    changes: changes.slice(0, MOST_CHANGES),
    more: Math.max(0, changes.length - MOST_CHANGES),
    matchedTracks: matched.pairs.length,
    idsKept,
  }
}

function allDevices({ tracks }: LiveSet): SetDevice[] {
  const all: SetDevice[] = []
  for (const { devices } of tracks) visitDevices(devices, (device) => all.push(device))
  return all
}

function matchTracks(before: readonly SetTrack[], after: readonly SetTrack[], idsKept: boolean) {
  return matchThings(
    before,
    after,
    [
      ({ kind }) => (kind === 'main' ? 'main' : null),
      ({ kind, id }) => (idsKept && id !== null ? `${kind} ${id}` : null),
      ...(idsKept ? [] : [({ kind, name }: SetTrack) => (name === '' ? null : `${kind} ${name}`)]),
    ],
    { of: (one, other) => (one.kind === other.kind ? likeness(one, other) : 0), least: LEAST_LIKENESS },
  )
}

function likeness(one: SetTrack, other: SetTrack): number {
  const classes = ({ devices }: SetTrack) => devices.map((device) => `${device.class} ${device.name}`)
  const clips = ({ clipList }: SetTrack) =>
    clipList.map((clip) => `${clip.kind} ${clip.name} ${clip.startBeat}`)
  const same = one.name === other.name ? 1 : 0
  return 0.2 * same + 0.3 * overlap(classes(one), classes(other)) + 0.5 * overlap(clips(one), clips(other))
}

function aroundOf(
  before: LiveSet,
  after: LiveSet,
  pairs: readonly Pair<SetTrack>[],
  idsKept: boolean,
): Around {
  const groups = (set: LiveSet) =>
    new Map(set.tracks.flatMap((track) => (track.id === null ? [] : [[track.id, track] as const])))
  const [old, now] = [groups(before), groups(after)]
  const isOld = new Set(before.tracks)
  const successor = new Map(pairs.map((pair) => [pair.before, pair.after]))
  const idOf = (track: SetTrack | undefined) =>
    track === undefined ? null : (successor.get(track)?.id ?? null)
  const oldGroup = (track: SetTrack) => old.get(track.groupId ?? '')
  const newGroup = (track: SetTrack) => now.get(track.groupId ?? '')
  return {
    bars: barCount(after),
    idsKept,
    newIdOf: (oldId) => idOf(old.get(oldId ?? '')),
    groupOf: (track) => (isOld.has(track) ? oldGroup(track) : newGroup(track))?.name ?? null,
    isSameGroup: (pair) => {
      const [was, is] = [oldGroup(pair.before), newGroup(pair.after)]
      return was === undefined || is === undefined ? was === is : successor.get(was) === is
    },
  }
}

function barCount(set: LiveSet): BarCount {
  const bars = barsOf(set)
  const barBeats = (beat: number) => (bars.findLast((each) => each.beat <= beat) ?? bars[0])?.barBeats ?? 4
  return {
    barOf: (beat) => placeOfBeat(bars, beat).bar,
    barsBetween: (from, to) => (to - from) / barBeats(Math.min(from, to)),
  }
}

/** Tempo, time signature, scale and locators. */
function diffWhole(before: LiveSet, after: LiveSet, bars: BarCount): SetChange[] {
  const scale = ({ scale: set }: LiveSet) => (set === null ? null : `${set.rootName} ${set.name}`)
  const facts = [
    ['tempo', before.tempoAtStartBpm, after.tempoAtStartBpm, 'BPM'],
    ['time-signature', before.timeSignature, after.timeSignature, ''],
    ['scale', scale(before), scale(after), ''],
  ] as const
  return [
    ...facts.flatMap(([kind, one, other, unit]) =>
      isSame(one, other)
        ? []
        : [changeAt(WHOLE_SET, kind, { before: asValue(one), after: asValue(other), unit })],
    ),
    ...diffLocators(before, after, bars),
  ]
}

function diffLocators(before: LiveSet, after: LiveSet, bars: BarCount): SetChange[] {
  const { pairs, removed, added } = matchThings(before.locators, after.locators, [
    ({ name, beat }) => `${name} ${beat}`,
    ({ name }) => name,
  ])
  const whole = (kind: 'locator-added' | 'locator-removed') => (locator: LiveSet['locators'][number]) =>
    changeAt(WHOLE_SET, kind, { what: locator.name, bar: bars.barOf(locator.beat) })
  return [
    ...removed.map(whole('locator-removed')),
    ...added.map(whole('locator-added')),
    ...pairs.flatMap((pair) =>
      isSame(pair.before.beat, pair.after.beat)
        ? []
        : [
            changeAt(WHOLE_SET, 'locator-moved', {
              what: pair.after.name,
              after: bars.barsBetween(pair.before.beat, pair.after.beat),
              unit: 'bars',
              bar: bars.barOf(pair.after.beat),
            }),
          ],
    ),
  ]
}
