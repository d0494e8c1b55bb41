import fc from 'fast-check'
import type { LiveSet, SetTrack } from '../../src/als/contract.ts'
import { arbitraryClips } from './arbitrary-clip.ts'
import { knownColor, withColor } from './arbitrary-color.ts'
import { arbitraryDevices, type Ids, settle } from './arbitrary-rack.ts'
import { beat, faderDb, given, hundredths, name, pan, signature } from './arbitrary-values.ts'
import { type Era, eras } from './eras.ts'

export type WrittenSet = { readonly era: Era; readonly set: LiveSet }

const automationPoints = fc
  .uniqueArray(fc.record({ beat, value: fc.option(hundredths(-60, 6)) }), {
    minLength: 2, // a single event is a value at rest
    maxLength: 4,
    selector: (point) => point.beat,
  })
  .map((points) => points.sort((one, other) => one.beat - other.beat))

const outputs: readonly NonNullable<SetTrack['output']>[] = [
  { kind: 'main', trackId: null, point: null, target: 'AudioOut/Main' },
  { kind: 'main', trackId: null, point: null, target: 'AudioOut/Master' },
  { kind: 'group', trackId: null, point: null, target: 'AudioOut/GroupTrack' },
  { kind: 'none', trackId: null, point: null, target: 'AudioOut/None' },
  { kind: 'external', trackId: null, point: null, target: 'AudioOut/External/S0' },
  { kind: 'track', trackId: '10', point: 'track-in', target: 'AudioOut/Track.10/TrackIn' },
  { kind: 'track', trackId: '10', point: 'device-in', target: 'AudioOut/Track.10/DeviceIn.3.S1' },
]

function arbitraryTrack(era: Era, kind: SetTrack['kind'], returns: number): fc.Arbitrary<SetTrack> {
  const sends = kind === 'main' ? 0 : returns
  const canFreeze = kind === 'audio' || kind === 'midi' || (kind === 'group' && era >= 12)
  return fc
    .record({
      name,
      userName: fc.option(given),
      info: fc.option(given),
      color: knownColor.map(withColor(era)),
      volumeDb: faderDb,
      pan,
      split: era >= 10 ? fc.option(fc.record({ left: pan, right: pan })) : fc.constant(null),
      muted: fc.boolean(),
      soloed: fc.boolean(),
      frozen: canFreeze ? fc.boolean() : fc.constant(false),
      crossfade: fc.constantFrom('A' as const, 'none' as const, 'B' as const),
      delayMs: fc.option(fc.integer({ min: -100, max: 100 })),
      sends: fc.array(fc.record({ db: faderDb, on: fc.boolean() }), { minLength: sends, maxLength: sends }),
      devices: arbitraryDevices(era),
      clips: arbitraryClips(era, kind),
      automation: fc.option(automationPoints),
      initial: fc.option(hundredths(-60, 6)),
      output: fc.option(fc.constantFrom(...outputs)),
    })
    .map((track): SetTrack => {
      // before Live 9 the fader at rest is the first event itself
      const initial = era === 8 ? track.volumeDb : track.initial
      return {
        id: null,
        name: era === 8 ? (track.userName ?? '') : track.name,
        userName: track.userName,
        info: track.info,
        kind,
        ...track.color,
        groupId: null,
        volumeDb: track.volumeDb,
        pan: track.pan,
        splitPan: track.split,
        muted: track.muted,
        soloed: track.soloed,
        frozen: track.frozen,
        armed: null,
        monitor: null,
        crossfade: track.crossfade,
        delayMs: track.delayMs,
        delaySamples: null,
        output: track.output,
        input: null,
        sends: track.sends.map((send) => ({ returnId: null, returnName: null, ...send, preFader: false })),
        devices: track.devices,
        clips: {
          arrangement: track.clips.filter(({ view }) => view === 'arrangement').length,
          session: track.clips.filter(({ view }) => view === 'session').length,
          takeLanes: track.clips.filter(({ view }) => view === 'take-lane').length,
          frozen: 0,
        },
        clipList: track.clips,
        takeLaneNames: track.clips.some(({ view }) => view === 'take-lane') ? ['Lane'] : [],
        automation:
          track.automation === null
            ? []
            : [
                {
                  deviceId: null,
                  deviceName: null,
                  parameter: 'volumeDb',
                  pointCount: track.automation.length,
                  points: track.automation,
                  initial,
                },
              ],
        automatedParameters: track.automation === null ? 0 : 1,
        arrangementEndBeats: track.clips.reduce(
          (end, clip) => (clip.view === 'arrangement' ? Math.max(end, clip.endBeat ?? 0) : end),
          0,
        ),
      }
    })
}

const kinds = fc.array(fc.constantFrom('audio' as const, 'midi' as const, 'group' as const), { maxLength: 4 })

function arbitraryTracks(era: Era): fc.Arbitrary<SetTrack[]> {
  return fc
    .record({
      kinds,
      returns: fc.integer({ min: 0, max: 2 }),
      grouped: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    })
    .chain(({ kinds: list, returns, grouped }) => {
      const all = [...list, ...Array.from({ length: returns }, () => 'return' as const), 'main' as const]
      return fc
        .tuple(...all.map((kind) => arbitraryTrack(era, kind, returns)))
        .map((tracks) => connect(tracks, grouped, { next: era === 8 ? null : 1_000_000 }))
    })
}

/** Gives the tracks ids, puts some into the group before them and joins the sends with the returns. */
function connect(tracks: SetTrack[], grouped: readonly boolean[], ids: Ids): SetTrack[] {
  const returns = tracks.flatMap((track, index) =>
    track.kind === 'return' ? [{ id: String(index + 10), track }] : [],
  )
  const nameOf = (wanted: string) =>
    tracks.find((_, index) => String(index + 10) === wanted && index < tracks.length - 1)?.name
  let group: string | null = null
  return tracks.map((track, index) => {
    const id = track.kind === 'main' ? null : String(index + 10)
    const belongs = track.kind !== 'main' && track.kind !== 'return' && grouped[index] === true
    const groupId = belongs ? group : null
    if (track.kind === 'group') group = id
    return {
      ...track,
      id,
      groupId,
      devices: settle(track.devices, id ?? 'main', track.muted !== true, { ids, nameOf }),
      sends: track.sends.map((send, at) => ({
        ...send,
        returnId: returns[at]?.id ?? null,
        returnName: returns[at]?.track.name ?? null,
      })),
    }
  })
}

const scales = fc.constantFrom(
  { root: 9, rootName: 'A', name: 'Minor' },
  { root: 1, rootName: 'C#', name: 'Dorian' },
  { root: 11, rootName: 'B', name: 'Major' },
)

function changes<T>(value: fc.Arbitrary<T>): fc.Arbitrary<{ beat: number; value: T }[]> {
  return fc
    .uniqueArray(fc.record({ beat, value }), { maxLength: 3, selector: (change) => change.beat })
    .map((list) => list.sort((one, other) => one.beat - other.beat))
}

function arbitraryOf(era: Era): fc.Arbitrary<WrittenSet> {
  const tempo = hundredths(20, 999)
  const locator = fc.record({ beat, name, info: fc.option(given) })
  return fc
    .record({
      tempo,
      start: tempo,
      tempoChanges: changes(tempo),
      signature,
      signatures: changes(signature),
      scale: era === 8 ? fc.constant(null) : fc.option(scales),
      inKey: fc.boolean(),
      loop: fc.record({ on: fc.boolean(), startBeat: beat, lengthBeats: beat }),
      tracks: arbitraryTracks(era),
      cue: faderDb,
      scenes: fc.array(
        fc.record({
          name,
          color: fc.option(knownColor),
          tempoBpm: fc.option(tempo),
          timeSignature: fc.option(signature),
        }),
        { maxLength: 3 },
      ),
      locators: fc.uniqueArray(locator, { maxLength: 4, selector: (each) => each.beat }),
    })
    .map(
      (draft): WrittenSet => ({
        era,
        set: {
          creator: `Ableton Live ${era}.1.2`,
          liveMajor: era,
          tempoBpm: draft.tempo,
          tempoAtStartBpm: draft.tempoChanges.length > 0 && era > 8 ? draft.start : draft.tempo,
          tempoChanges: draft.tempoChanges.map(({ beat: at, value }) => ({ beat: at, bpm: value })),
          timeSignature: draft.signature,
          timeSignatureChanges: draft.signatures.map(({ beat: at, value }) => ({
            beat: at,
            timeSignature: value,
          })),
          scale: draft.scale,
          inKey: era >= 11 ? draft.inKey : null,
          tuning: null,
          loop: draft.loop,
          tracks: draft.tracks.map((track) =>
            track.kind === 'main'
              ? {
                  ...track,
                  automatedParameters:
                    track.automatedParameters +
                    (draft.tempoChanges.length > 0 ? 1 : 0) +
                    (draft.signatures.length > 0 ? 1 : 0),
                }
              : track,
          ),
          cueVolumeDb: draft.cue,
          scenes: draft.scenes.map((scene) =>
            era >= 11
              ? { ...scene, color: scene.color ?? -1 }
              : { name: scene.name, color: null, tempoBpm: null, timeSignature: null },
          ),
          locators: [...draft.locators]
            .sort((one, other) => one.beat - other.beat)
            .map((each) => ({ ...each, seconds: null, songStart: false })),
          arrangementLengthBeats: draft.tracks.reduce(
            (end, track) => Math.max(end, track.arrangementEndBeats),
            0,
          ),
          arrangementLengthSeconds: null,
          plugins: [],
          samples: { total: 0, unique: 0, unnamed: 0, outsideProject: 0, byPlace: {}, files: [] },
          notUnderstood: [],
        },
      }),
    )
}

/** Sets of every version with everything that a set can say; `plugins` and `samples`, mere sums, are left empty. */
export const arbitrarySet: fc.Arbitrary<WrittenSet> = fc.constantFrom(...eras).chain(arbitraryOf)
