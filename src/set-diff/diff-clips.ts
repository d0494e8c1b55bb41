import type { SetClip } from '../als/contract.ts'
import { asValue, changeAt, isSame, type Place, unitOf } from './change.ts'
import type { SetChange } from './contract.ts'
import { matchThings, type Pair } from './match.ts'

/** Beats of both versions as bars. */
export interface BarCount {
  barOf: (beat: number) => number
  barsBetween: (fromBeat: number, toBeat: number) => number
}

const isArranged = ({ view }: SetClip) => view === 'arrangement'
const lengthOf = ({ startBeat, endBeat }: SetClip) => round((endBeat ?? 0) - (startBeat ?? 0))
const round = (beats: number) => Math.round(beats * 1000) / 1000
const contentOf = (clip: SetClip) => `${clip.kind} ${clip.name} ${clip.audio?.sample?.name ?? ''}`

/** Clips of one track in the arrangement: added, removed, moved, of another length, changed. */
export function diffClips(
  place: Place,
  before: readonly SetClip[],
  after: readonly SetClip[],
  bars: BarCount,
): SetChange[] {
  const { pairs, removed, added } = matchThings(before.filter(isArranged), after.filter(isArranged), [
    (clip) => `${contentOf(clip)} ${clip.startBeat} ${clip.endBeat}`,
    (clip) => `${contentOf(clip)} ${clip.startBeat}`,
    (clip) => `${contentOf(clip)} ${lengthOf(clip)}`,
    (clip) => `${clip.kind} ${clip.startBeat} ${clip.endBeat}`,
    contentOf,
  ])
  const whole = (kind: 'clip-added' | 'clip-removed') => (clip: SetClip) =>
    changeAt(place, kind, { clipName: clip.name, bar: bars.barOf(clip.startBeat ?? 0) })
  return alikeTogether([
    ...removed.map(whole('clip-removed')),
    ...added.map(whole('clip-added')),
    ...pairs.flatMap((pair) => diffClip(place, pair, bars)),
  ])
}

function diffClip(place: Place, { before, after }: Pair<SetClip>, bars: BarCount): SetChange[] {
  const [from, to] = [before.startBeat ?? 0, after.startBeat ?? 0]
  const at = { clipName: after.name, bar: bars.barOf(to) }
  const changes: SetChange[] = []
  if (!isSame(from, to)) {
    const parts = { before: null, after: round(bars.barsBetween(from, to)), unit: 'bars', what: 'start' }
    changes.push(changeAt(place, 'clip-moved', { ...at, ...parts }))
  }
  if (!isSame(lengthOf(before), lengthOf(after))) {
    const barsLong = (clip: SetClip) => round(bars.barsBetween(clip.startBeat ?? 0, clip.endBeat ?? 0))
    const parts = { before: barsLong(before), after: barsLong(after), unit: 'bars', what: 'length' }
    changes.push(changeAt(place, 'clip-length', { ...at, ...parts }))
  }
  const values = { before: valuesOf(before), after: valuesOf(after) }
  for (const [what, value] of Object.entries(values.after)) {
    const old = values.before[what]
    if (isSame(old, value)) continue
    const parts = what === 'notes' ? notesOf(before, after) : { before: asValue(old), after: asValue(value) }
    changes.push(changeAt(place, 'clip-changed', { ...at, what, ...parts, unit: unitOf(what) }))
  }
  return changes
}

function valuesOf(clip: SetClip): Record<string, unknown> {
  const { audio, midi } = clip
  return {
    name: clip.name,
    disabled: clip.disabled,
    gainDb: audio?.gainDb ?? null,
    warpMode: audio?.warpMode ?? null,
    transposeSemitones: audio?.transposeSemitones ?? null,
    detuneCents: audio?.detuneCents ?? null,
    sample: audio?.sample?.name ?? null,
    notes: midi === null ? null : JSON.stringify(midi.notes),
  }
}

const notesOf = (before: SetClip, after: SetClip) => ({
  before: before.midi?.noteCount ?? null,
  after: after.midi?.noteCount ?? null,
})

/** Clips of a track that were moved alike are one change: "4 clips moved by 8 bars". */
function alikeTogether(changes: readonly SetChange[]): SetChange[] {
  const groups = Map.groupBy([...changes.entries()], ([index, { kind, after }]) =>
    kind === 'clip-moved' ? `moved ${after}` : index,
  )
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first[1], count: others.length + 1 }],
  )
}
