import type { LiveSet, SetClip, SetNote, SetTrack } from '../../src/als/contract.ts'
import { allParameters, device } from './arbitrary-device.ts'
import type { WrittenSet } from './arbitrary-set.ts'
import type { Era } from './eras.ts'

/** A small set of our own: a group of kick and bass with a side-chain, a pad, a return, a limiter on the main track. */
export function exampleSet(era: Era): WrittenSet {
  const tracks = [drums(era), kick(era), bass(era), pad(era), room(era), main(era)]
  const set: LiveSet = {
    creator: `Ableton Live ${era}.1.2`,
    liveMajor: era,
    tempoBpm: 124,
    tempoAtStartBpm: 124,
    tempoChanges: [],
    timeSignature: '4/4',
    timeSignatureChanges: [],
    scale: era === 8 ? null : { root: 9, rootName: 'A', name: 'Minor' },
    inKey: era >= 11 ? true : null,
    tuning: null,
    loop: { on: true, startBeat: 0, lengthBeats: 16 },
    tracks,
    cueVolumeDb: -6,
    scenes: [],
    locators: [
      { beat: 0, name: 'Intro', info: null, seconds: null, songStart: false },
      { beat: 64, name: 'Drop', info: null, seconds: null, songStart: false },
    ],
    arrangementLengthBeats: 128,
    arrangementLengthSeconds: null,
    plugins: [],
    samples: { total: 0, unique: 0, unnamed: 0, outsideProject: 0, byPlace: {}, files: [] },
    notUnderstood: [],
  }
  return { era, set }
}

function track(
  era: Era,
  kind: SetTrack['kind'],
  id: string | null,
  name: string,
  parts: Partial<SetTrack>,
): SetTrack {
  const send = { returnId: '14', returnName: 'Room', db: null, on: true, preFader: false }
  return {
    id,
    name,
    userName: name,
    info: null,
    kind,
    color: 0,
    colorHex: era >= 11 ? '#ff94a6' : null,
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
    output: null,
    input: null,
    sends: kind === 'main' ? [] : [send],
    devices: [],
    clips: { arrangement: parts.clipList?.length ?? 0, session: 0, takeLanes: 0, frozen: 0 },
    clipList: [],
    takeLaneNames: [],
    automation: [],
    automatedParameters: parts.automation?.length ?? 0,
    arrangementEndBeats: parts.clipList === undefined ? 0 : 128,
    ...parts,
  }
}

function clip(era: Era, name: string, parts: Partial<SetClip>): SetClip {
  return {
    view: 'arrangement',
    kind: 'midi',
    name,
    color: 13,
    colorHex: era >= 11 ? '#ffffff' : null,
    startBeat: 0,
    endBeat: 128,
    slot: null,
    takeLane: null,
    disabled: false,
    loop: { on: true, start: 0, end: 4, startRelative: 0, unit: 'beats' },
    timeSignature: '4/4',
    scale: null,
    envelopes: 0,
    audio: null,
    midi: null,
    ...parts,
  }
}

function notes(
  list: readonly (readonly [key: number, beat: number, durationBeats: number])[],
): NonNullable<SetClip['midi']> {
  const all = list.map(
    ([key, beat, durationBeats]): SetNote => ({
      key,
      beat,
      durationBeats,
      velocity: 100,
      on: true,
      probability: null,
    }),
  )
  const keys = all.map(({ key }) => key)
  return {
    noteCount: all.length,
    lowestKey: Math.min(...keys),
    highestKey: Math.max(...keys),
    meanVelocity: 100,
    notes: all,
  }
}

const drums = (era: Era) => track(era, 'group', '10', 'Drums', { volumeDb: -3 })

/** The number of the switch is what later versions of one set share; Live 8 has none. */
const liveId = (era: Era, id: string) => (era === 8 ? null : id)

function kick(era: Era): SetTrack {
  const sample = {
    name: 'kick.wav',
    place: 'project' as const,
    outsideProject: false,
    pack: null,
    durationSeconds: 0.5,
    sampleRateHz: 44_100,
  }
  const audio = {
    warped: true,
    warpMode: 'Beats' as const,
    sampleBpm: 124,
    gainDb: -1.5,
    transposeSemitones: 0,
    detuneCents: 0,
    fadesOn: true,
    fadeInLength: 0,
    fadeOutLength: 0,
    highQuality: true,
    tempoLeader: false,
    sample,
  }
  return track(era, 'audio', '11', 'Kick', {
    groupId: '10',
    volumeDb: -4.5,
    clipList: [clip(era, 'Kick', { kind: 'audio', audio })],
  })
}

function bass(era: Era): SetTrack {
  const compressor = device('Compressor2', 'Compressor', {
    id: '12/0',
    liveId: liveId(era, '2000'),
    sidechain: {
      trackId: '11',
      trackName: 'Kick',
      point: 'post-fx',
      chainId: null,
      source: 'Kick | Post FX',
    },
    storedParameters: { 'SideChain/OnOff': true },
    parameters: allParameters('Compressor2', {
      thresholdDb: -24,
      ratio: 4,
      attackMs: 1,
      outputGainDb: 0,
      makeup: false,
      kneeDb: 6,
    }),
  })
  const line = notes([
    [33, 0.5, 0.5],
    [33, 1.5, 0.5],
    [40, 2.5, 0.5],
  ])
  return track(era, 'midi', '12', 'Bass', {
    groupId: '10',
    volumeDb: -6,
    devices: [compressor],
    clipList: [clip(era, 'Bass', { midi: line })],
  })
}

function pad(era: Era): SetTrack {
  const chord = notes([
    [57, 0, 4],
    [60, 0, 4],
    [64, 0, 4],
  ])
  const send = { returnId: '14', returnName: 'Room', db: -12, on: true, preFader: false }
  const points = [
    { beat: 0, value: -60 },
    { beat: 64, value: -9 },
  ]
  const fade = { deviceId: null, deviceName: null, parameter: 'volumeDb', pointCount: 2, points, initial: -9 }
  return track(era, 'midi', '13', 'Pad', {
    volumeDb: -9,
    pan: 0.25,
    sends: [send],
    clipList: [clip(era, 'Chord', { midi: chord })],
    automation: [fade],
  })
}

function room(era: Era): SetTrack {
  const plugin = {
    format: 'VST2' as const,
    name: 'Our Reverb',
    vendor: null,
    instrument: false,
    missing: false,
  }
  const reverb = device('PluginDevice', 'Plug-in', {
    id: '14/0',
    liveId: liveId(era, '2001'),
    plugin,
    storedParameters: { 'SideChain/OnOff': true },
  })
  return track(era, 'return', '14', 'Room', { devices: [reverb] })
}

function main(era: Era): SetTrack {
  const limiter = device('Limiter', 'Limiter', {
    id: 'main/0',
    liveId: liveId(era, '2002'),
    parameters: allParameters('Limiter', { gainDb: 3.8, ceilingDb: -0.3, auto: true }),
  })
  return track(era, 'main', null, 'Main', { devices: [limiter] })
}
