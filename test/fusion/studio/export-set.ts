import type { LiveSet, SetClip, SetDevice, SetTrack } from '../../../src/als/contract.ts'
import { allParameters, device } from '../../als/arbitrary-device.ts'
import type { WrittenSet } from '../../als/arbitrary-set.ts'
import type { Clip, Insert, Note, Part, Song } from './song.ts'

const EQ_MODES = {
  'low-cut-48': 0,
  'low-cut-12': 1,
  'low-shelf': 2,
  bell: 3,
  'high-shelf': 5,
  'high-cut-12': 6,
} as const
const lin = (db: number) => 10 ** (db / 20)

/** The Live set that this song was bounced from, ready for the printer. Colours of sources are not in it. */
export function exportSet(song: Song): WrittenSet {
  const tracks = [
    ...(song.group === null
      ? []
      : [track(song, 'group', song.group.id, song.group.name, { volumeDb: song.group.volumeDb })]),
    ...song.parts.map((part) => exportPart(song, part)),
    track(song, 'return', '90', song.returnName, { volumeDb: song.returnDb, devices: [reverb()] }),
    track(song, 'main', null, 'Main', {
      devices: song.main.map((insert, i) => exportInsert(insert, `main/${i}`)),
    }),
  ]
  const set: LiveSet = {
    creator: `Ableton Live ${song.era}.1.2`,
    liveMajor: song.era,
    tempoBpm: song.tempoBpm,
    tempoAtStartBpm: song.tempoBpm,
    tempoChanges: song.tempoChanges,
    timeSignature: song.timeSignature,
    timeSignatureChanges: song.timeSignatureChanges,
    scale: null,
    inKey: song.era >= 11 ? false : null,
    tuning: null,
    loop: { on: false, startBeat: 0, lengthBeats: 16 },
    tracks,
    cueVolumeDb: 0,
    scenes: [],
    locators: song.locators.map((locator) => ({ ...locator, info: null, seconds: null, songStart: false })),
    arrangementLengthBeats: 0,
    arrangementLengthSeconds: null,
    plugins: [],
    samples: { total: 0, unique: 0, unnamed: 0, outsideProject: 0, byPlace: {}, files: [] },
    notUnderstood: [],
  }
  return { era: song.era, set }
}

function exportPart(song: Song, part: Part): SetTrack {
  return track(song, part.kind, part.id, part.name, {
    groupId: part.groupId,
    volumeDb: part.volumeDb,
    pan: part.pan,
    muted: part.muted,
    sends: [{ returnId: '90', returnName: song.returnName, db: part.sendDb, on: true, preFader: false }],
    devices: [
      ...(part.kind === 'midi' ? [instrument(part)] : []),
      ...part.inserts.map((insert, i) => exportInsert(insert, `${part.id}/${i + 1}`)),
    ],
    clipList: part.clips.map((clip) => exportClip(part, clip)),
  })
}

/** Half of the instruments are Live's own, half are plug-ins; neither tells how it sounds. */
function instrument(part: Part): SetDevice {
  if (Number(part.id) % 2 === 0) return device('Operator', 'Operator', { id: `${part.id}/0` })
  const plugin = {
    format: 'VST3' as const,
    name: 'Some Synth',
    vendor: null,
    instrument: true,
    missing: false,
  }
  return device('PluginDevice', 'Plug-in', {
    id: `${part.id}/0`,
    plugin,
    storedParameters: { 'SideChain/OnOff': true },
  })
}

const reverb = () =>
  device('Reverb', 'Reverb', { id: '90/0', storedParameters: { DecayTime: 1400, MixDirect: 1 } })

/** Classes that the printer does not know are written by their stored names. */
export function exportInsert(insert: Insert, id: string): SetDevice {
  if (insert.kind === 'eq') {
    const bands = insert.bands.map((band, i) => ({
      band: i + 1,
      side: 'A' as const,
      on: true,
      mode: EQ_MODES[band.type],
      ...band,
    }))
    return device('Eq8', 'EQ Eight', { id, parameters: allParameters('Eq8', { globalGainDb: 0, bands }) })
  }
  if (insert.kind === 'utility')
    return device('StereoGain', 'Utility', {
      id,
      storedParameters: {
        Gain: lin(insert.gainDb),
        StereoWidth: insert.width,
        PhaseInvertL: insert.invertLeft,
        PhaseInvertR: false,
        Mute: false,
        Mono: false,
      },
    })
  if (insert.kind === 'saturator')
    return device('Saturator', 'Saturator', {
      id,
      storedParameters: { PreDrive: insert.driveDb, PostDrive: insert.outputDb, DryWet: 1 },
    })
  if (insert.kind === 'compressor')
    return device('Compressor2', 'Compressor', {
      id,
      parameters: allParameters('Compressor2', {
        thresholdDb: insert.thresholdDb,
        ratio: insert.ratio,
        attackMs: insert.attackMs,
        outputGainDb: insert.outputDb,
        makeup: false,
        kneeDb: 0,
      }),
    })
  if (insert.kind === 'limiter')
    return device('Limiter', 'Limiter', {
      id,
      parameters: allParameters('Limiter', {
        gainDb: insert.gainDb,
        ceilingDb: insert.ceilingDb,
        auto: true,
      }),
    })
  const plugin = {
    format: 'VST3' as const,
    name: insert.name,
    vendor: null,
    instrument: false,
    missing: false,
  }
  return device('PluginDevice', 'Plug-in', { id, plugin, storedParameters: { 'SideChain/OnOff': true } })
}

function exportClip(part: Part, clip: Clip): SetClip {
  return {
    view: 'arrangement',
    kind: part.kind,
    name: part.name,
    color: 13,
    colorHex: null,
    startBeat: clip.startBeat,
    endBeat: clip.endBeat,
    slot: null,
    takeLane: null,
    disabled: false,
    loop: { on: true, start: 0, end: clip.loopBeats, startRelative: 0, unit: 'beats' },
    timeSignature: '4/4',
    scale: null,
    envelopes: 0,
    audio: part.kind === 'audio' ? sampleOf(part) : null,
    midi:
      part.kind === 'midi'
        ? notesOf(
            part.shownKey === null
              ? clip.notes
              : clip.notes.map((note) => ({ ...note, key: part.shownKey ?? note.key })),
          )
        : null,
  }
}

function sampleOf(part: Part): NonNullable<SetClip['audio']> {
  const sample = {
    name: `${part.name}.wav`,
    place: 'project' as const,
    outsideProject: false,
    pack: null,
    durationSeconds: 8,
    sampleRateHz: 44_100,
  }
  return {
    warped: true,
    warpMode: 'Complex',
    gainDb: 0,
    transposeSemitones: 0,
    detuneCents: 0,
    fadesOn: false,
    fadeInLength: 0,
    fadeOutLength: 0,
    highQuality: true,
    tempoLeader: false,
    sample,
  }
}

function notesOf(list: readonly Note[]): NonNullable<SetClip['midi']> {
  const keys = list.map(({ key }) => key)
  return {
    noteCount: list.length,
    lowestKey: Math.min(...keys),
    highestKey: Math.max(...keys),
    meanVelocity: 100,
    notes: list.map(({ key, beat, beats, velocity }) => ({
      key,
      beat,
      durationBeats: beats,
      velocity,
      on: true,
      probability: null,
    })),
  }
}

function track(
  song: Song,
  kind: SetTrack['kind'],
  id: string | null,
  name: string,
  parts: Partial<SetTrack>,
): SetTrack {
  const main = {
    kind: 'main' as const,
    trackId: null,
    point: null,
    target: song.era >= 12 ? 'AudioOut/Main' : 'AudioOut/Master',
  }
  const group = { kind: 'group' as const, trackId: null, point: null, target: 'AudioOut/GroupTrack' }
  return {
    id,
    name,
    userName: /^\d+-/.test(name) ? null : name,
    info: null,
    kind,
    color: 0,
    colorHex: null,
    groupId: null,
    volumeDb: 0,
    pan: 0,
    splitPan: null,
    muted: false,
    soloed: false,
    frozen: false,
    armed: null,
    monitor: null,
    crossfade: 'none',
    delayMs: null,
    delaySamples: null,
    output: kind === 'main' ? null : parts.groupId ? group : main,
    input: null,
    sends:
      kind === 'main'
        ? []
        : [{ returnId: '90', returnName: song.returnName, db: null, on: true, preFader: false }],
    devices: [],
    clips: { arrangement: parts.clipList?.length ?? 0, session: 0, takeLanes: 0, frozen: 0 },
    clipList: [],
    takeLaneNames: [],
    automation: [],
    automatedParameters: 0,
    arrangementEndBeats: 0,
    ...parts,
  }
}
