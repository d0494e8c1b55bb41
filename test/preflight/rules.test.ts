import { describe, expect, it } from 'vitest'
import type { SetDevice } from '../../src/als/contract.ts'
import { preflightSchema } from '../../src/preflight/contract.ts'
import { RULES } from '../../src/preflight/rules.ts'
import { device } from '../als/arbitrary-device.ts'
import { ducker, effect, found, limiter, type OpenSet, utility } from './right-set.ts'

type Change = (open: OpenSet) => unknown

interface Case {
  rule: string
  broken: Change
  /** The nearest set that is right. */
  right: Change
  where: string | null
  present: readonly [value: string | number, unit: string]
}

const change =
  (name: string, parts: Partial<ReturnType<OpenSet['track']>>): Change =>
  (open) =>
    Object.assign(open.track(name), parts)
const devices = (name: string, ...list: SetDevice[]): Change => change(name, { devices: list })
const fader = (name: string, volumeDb: number | null): Change => change(name, { volumeDb })
const both =
  (...changes: Change[]): Change =>
  (open) => {
    for (const each of changes) each(open)
  }
const clipGain =
  (gainDb: number): Change =>
  (open) =>
    Object.assign(open.audio('Kick'), { gainDb })
const tempo =
  (from: number, to: number): Change =>
  ({ set }) => {
    set.tempoChanges = [
      { beat: 64, bpm: from },
      { beat: 64, bpm: to },
    ]
  }
const loop =
  (lengthBeats: number): Change =>
  ({ set }) => {
    set.loop = { on: true, startBeat: 0, lengthBeats }
  }
const warp =
  (warpMode: 'Complex' | 'Beats', sampleBpm: number): Change =>
  (open) =>
    Object.assign(open.audio('Kick'), { warpMode, sampleBpm })
const off = { on: false }
const output = (target: string) => ({ kind: 'other' as const, trackId: null, point: null, target })
const send = (returnId: string, db: number | null) => ({
  returnId,
  returnName: 'Room',
  db,
  on: true,
  preFader: false,
})
const rackWith = (soloed: readonly boolean[]) =>
  device('AudioEffectGroupDevice', 'Audio Effect Rack', {
    chains: soloed.map((each, index) => ({
      id: String(index),
      name: 'Chain',
      color: 0,
      colorHex: null,
      on: true,
      soloed: each,
      volumeDb: 0,
      pan: 0,
      midiNote: null,
      chokeGroup: null,
      sends: [],
      devices: [],
    })),
  })
const plugin = (missing: boolean) =>
  device('PluginDevice', 'Plug-in', {
    plugin: { format: 'VST3', name: 'Space', vendor: null, instrument: false, missing },
    storedParameters: { 'SideChain/OnOff': true },
  })
const delay = (seconds: number) =>
  effect('Delay', { DelayLine_SyncL: false, DelayLine_TimeL: seconds, DelayLine_SyncR: true, Feedback: 0.4 })
/** The group and seven tracks with clips, so many of which keep the name Live gave them. */
const named =
  (unnamed: number): Change =>
  (open) => {
    for (let index = 0; index < 7; index++) {
      open.addTrack('Pad', `Voice ${index}`, index < unnamed ? { userName: null } : {})
    }
    for (const name of ['Drums', 'Kick', 'Bass', 'Pad']) open.track(name).userName = null
  }

/** At 124 BPM a beat lasts 483.87 ms. */
const CASES: readonly Case[] = [
  {
    rule: 'set-solo',
    broken: change('Pad', { soloed: true }),
    right: change('Pad', { soloed: false }),
    where: 'Pad',
    present: ['solo on', ''],
  },
  {
    rule: 'set-side-listen',
    broken: devices('Pad', ducker(100, '11', { SideListen: true })),
    right: devices('Pad', ducker(100, '11', { SideListen: false })),
    where: 'Pad',
    present: ['listen on', ''],
  },
  {
    rule: 'set-missing-plugin',
    broken: devices('Pad', plugin(true)),
    right: devices('Pad', plugin(false)),
    where: 'Pad',
    present: ['VST3 missing', ''],
  },
  {
    rule: 'set-main-mono',
    broken: devices('Main', utility({ Mono: true }), limiter(-1)),
    right: devices('Main', utility({ Mono: false }), limiter(-1)),
    where: 'Main',
    present: ['mono on', ''],
  },
  {
    rule: 'set-monitor-in',
    broken: change('Kick', { monitor: 'in' }),
    right: change('Kick', { monitor: 'auto' }),
    where: 'Kick',
    present: ['In', ''],
  },
  {
    rule: 'set-unheard',
    broken: both(fader('Pad', null), change('Pad', { automation: [] })),
    right: both(fader('Pad', -60), change('Pad', { automation: [] })),
    where: 'Pad',
    present: ['fader at −∞ dB', ''],
  },
  {
    rule: 'set-external-output',
    broken: change('Pad', { output: output('AudioOut/External/S1') }),
    right: change('Pad', { output: output('AudioOut/Main') }),
    where: 'Pad',
    present: ['external output', ''],
  },
  {
    rule: 'set-chain-solo',
    broken: devices('Pad', rackWith([true, false])),
    right: devices('Pad', rackWith([false, false])),
    where: 'Pad',
    present: ['solo on: 1 of 2 chains', ''],
  },
  {
    rule: 'set-lost-sidechain',
    broken: devices('Pad', ducker(100, '77')),
    right: devices('Pad', ducker(100, '11')),
    where: 'Pad',
    present: ['source missing', ''],
  },
  {
    rule: 'set-limiter-off',
    broken: devices('Main', limiter(-1, off)),
    right: devices('Main', limiter(-1, off), limiter(-1)),
    where: 'Main',
    present: ['off', ''],
  },
  {
    rule: 'set-gain-after-limiter',
    broken: devices('Main', limiter(-1), utility({ Gain: 2 })),
    right: devices('Main', utility({ Gain: 2 }), limiter(-1)),
    where: 'Main',
    present: [6.02, 'dB'],
  },
  {
    rule: 'set-stray-clip',
    broken: (open) => Object.assign(open.clip('Pad'), { startBeat: 168, endBeat: 176 }),
    right: (open) => Object.assign(open.clip('Pad'), { startBeat: 128, endBeat: 136 }),
    where: 'Pad',
    present: [10, 'bars of nothing before it'],
  },
  {
    rule: 'set-return-loop',
    broken: change('Room', { sends: [send('14', -6)] }),
    right: change('Room', { sends: [send('14', null)] }),
    where: 'Room',
    present: [-6, 'dB'],
  },
  {
    rule: 'set-limiter-ceiling',
    broken: devices('Main', limiter(-0.3)),
    right: devices('Main', limiter(-1)),
    where: 'Main',
    present: [-0.3, 'dB'],
  },
  {
    rule: 'set-main-fader',
    broken: both(devices('Main'), fader('Main', 2)),
    right: both(devices('Main'), fader('Main', 0)),
    where: 'Main',
    present: [2, 'dB'],
  },
  {
    rule: 'set-gain-staging',
    // 12 dB from the Utility, 5 dB from the fader
    broken: both(devices('Pad', utility({ Gain: 10 ** (12 / 20) })), fader('Pad', 5)),
    right: both(devices('Pad', utility({ Gain: 10 ** (12 / 20) })), fader('Pad', -5)),
    where: 'Pad',
    present: [17, 'dB'],
  },
  {
    rule: 'set-warp-mode',
    broken: warp('Complex', 100),
    right: warp('Beats', 100),
    where: 'Kick',
    present: ['Complex at +24 % tempo', ''],
  },
  {
    rule: 'set-wide-bass',
    broken: devices('Bass', ducker(100), utility({ StereoWidth: 1.5 })),
    right: devices('Bass', ducker(100), utility({ StereoWidth: 1.5, BassMono: true })),
    where: 'Bass',
    present: [150, '% width'],
  },
  {
    rule: 'set-polarity',
    broken: devices('Pad', utility({ PhaseInvertL: true })),
    right: devices('Pad', utility({ PhaseInvertL: true, PhaseInvertR: true })),
    where: 'Pad',
    present: ['left inverted', ''],
  },
  {
    rule: 'set-duck-release',
    broken: devices('Bass', ducker(600)),
    right: devices('Bass', ducker(400)),
    where: 'Bass',
    present: [600, 'ms'],
  },
  {
    rule: 'set-main-device-off',
    broken: devices(
      'Main',
      effect('Eq8', {}, { ...off, parameters: { bands: [], globalGainDb: 0 } }),
      limiter(-1),
    ),
    right: devices('Main', effect('SpectrumAnalyzer', {}, off), limiter(-1)),
    where: 'Main',
    present: ['off', ''],
  },
  {
    rule: 'set-muted',
    broken: change('Pad', { muted: true }),
    right: (open) =>
      open.addTrack('Room', 'Empty', { kind: 'midi', muted: true, output: null, monitor: 'in' }),
    where: 'Pad',
    present: ['off', ''],
  },
  {
    rule: 'set-limiter-absent',
    broken: devices('Main', effect('GlueCompressor', { Makeup: 0 }), effect('Saturator', { PostDrive: 0 })),
    right: devices('Main', effect('GlueCompressor', { Makeup: 0 })),
    where: 'Main',
    present: ['no limiter', ''],
  },
  {
    rule: 'set-no-ducking',
    broken: devices('Bass'),
    right: devices('Bass', ducker(100)),
    where: 'Bass',
    present: ['no side-chain', ''],
  },
  {
    rule: 'set-clip-gain',
    broken: clipGain(3),
    right: clipGain(0),
    where: 'Kick',
    present: [3, 'dB'],
  },
  {
    rule: 'set-delay-time',
    // a dotted eighth lasts 362.9 ms
    broken: devices('Room', delay(0.34)),
    right: devices('Room', delay(0.363)),
    where: 'Room',
    present: [340, 'ms'],
  },
  {
    rule: 'set-pre-delay',
    // a thirty-second lasts 60.5 ms, a sixteenth triplet 80.6 ms
    broken: devices('Room', effect('Reverb', { PreDelay: 70 })),
    right: devices('Room', effect('Reverb', { PreDelay: 60 })),
    where: 'Room',
    present: [70, 'ms'],
  },
  {
    rule: 'set-tempo-jump',
    broken: tempo(124, 140),
    right: tempo(124, 124),
    where: null,
    present: [16, 'BPM'],
  },
  { rule: 'set-loop-end', broken: loop(112), right: loop(128), where: null, present: [4, 'bars behind it'] },
  {
    rule: 'set-outside-samples',
    broken: (open) => Object.assign(open.audio('Kick').sample ?? {}, { place: 'outside-project' }),
    right: (open) => Object.assign(open.audio('Kick').sample ?? {}, { place: 'live-pack' }),
    where: null,
    present: [1, 'file'],
  },
  {
    rule: 'set-heavy-track',
    broken: devices('Pad', ...Array.from({ length: 9 }, () => effect('Hybrid', {}))),
    right: devices('Pad', ...Array.from({ length: 8 }, () => effect('Hybrid', {}))),
    where: 'Pad',
    present: [27, 'points'],
  },
  {
    rule: 'set-unused-track',
    broken: (open) => open.addTrack('Room', 'Empty', { kind: 'midi', monitor: 'auto', devices: [] }),
    right: (open) => open.addTrack('Room', 'Bus', { kind: 'audio', monitor: 'in', devices: [] }),
    where: 'Empty',
    present: ['no clips', ''],
  },
  {
    rule: 'set-default-names',
    broken: named(7),
    right: named(3),
    where: null,
    present: [11, 'of 11 tracks'],
  },
]

describe('the set that is right', () => {
  it('has no results, and every rule says whether it could judge', async () => {
    const { results, rules } = await found(() => undefined)
    expect(results).toEqual([])
    expect(rules.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id))
    expect(rules.find(({ id }) => id === 'set-solo')?.outcome).toBe('clear')
    expect(rules.find(({ id }) => id === 'set-delay-time')?.outcome).toBe('nothing-to-judge')
  })
})

describe('every rule', () => {
  it('has a case here', () => {
    expect(CASES.map(({ rule }) => rule).toSorted()).toEqual(RULES.map(({ id }) => id).toSorted())
  })

  it.each(CASES)('$rule finds a set made to break it, at its place with its value', async (each) => {
    const { results, set, rules } = await found(each.broken)
    const own = results.filter(({ rule }) => rule === each.rule)
    expect(own).toHaveLength(1)
    const [value, unit] = each.present
    expect(own[0]).toMatchObject({ present: { value, unit }, place: { trackName: each.where } })
    const index = own[0]?.place.trackIndex ?? null
    expect(index === null ? null : set.tracks[index]?.name).toBe(each.where)
    expect(preflightSchema.parse({ results, rules })).toEqual({ results, rules })
  })

  it.each(CASES)('$rule is silent on the nearest set that is right', async ({ rule, right }) => {
    const { results } = await found(right)
    expect(results.filter((result) => result.rule === rule)).toEqual([])
  })
})

/** At the threshold and within the noise of 32-bit floats a rule stays silent; a tenth above it speaks. */
const THRESHOLDS: readonly {
  rule: string
  at: (value: number) => Change
  threshold: number
  step: number
}[] = [
  { rule: 'set-limiter-ceiling', at: (v) => devices('Main', limiter(v)), threshold: -1, step: 0.1 },
  { rule: 'set-main-fader', at: (v) => both(devices('Main'), fader('Main', v)), threshold: 0, step: 0.1 },
  { rule: 'set-clip-gain', at: clipGain, threshold: 0, step: 0.1 },
  {
    rule: 'set-gain-staging',
    at: (v) => both(devices('Pad', utility({ Gain: 10 ** (7 / 20) })), fader('Pad', v - 7)),
    threshold: 12,
    step: 0.1,
  },
  {
    rule: 'set-gain-after-limiter',
    at: (v) => devices('Main', limiter(-1), utility({ Gain: 10 ** (v / 20) })),
    threshold: 0,
    step: 0.1,
  },
  { rule: 'set-duck-release', at: (v) => devices('Bass', ducker(v)), threshold: 60_000 / 124, step: 20 },
  { rule: 'set-tempo-jump', at: (v) => tempo(100, v), threshold: 101.9, step: 0.2 },
]

describe('at its threshold', () => {
  it.each(THRESHOLDS)('$rule does not flicker', async ({ rule, at, threshold, step }) => {
    const fires = async (value: number) =>
      (await found(at(value))).results.some((result) => result.rule === rule)
    expect(await fires(threshold)).toBe(false)
    expect(await fires(Math.fround(threshold) + Math.abs(threshold) * 1e-7)).toBe(false)
    expect(await fires(threshold + step)).toBe(true)
  })
})

describe('places', () => {
  it('name bar, beat and locator, also after a change of the time signature', async () => {
    const { results } = await found((open) => {
      open.set.timeSignature = '3/4'
      open.set.timeSignatureChanges = [{ beat: 30, timeSignature: '4/4' }]
      open.set.tempoChanges = [
        { beat: 65, bpm: 124 },
        { beat: 65, bpm: 140 },
      ]
    })
    // ten bars of three beats, then bar 11 begins at beat 30; beat 65 is 35 beats later, in bar 19 on its beat 4
    expect(results.find(({ rule }) => rule === 'set-tempo-jump')?.place).toMatchObject({
      beat: 65,
      bar: 19,
      beatInBar: 4,
      locator: 'Drop',
    })
  })

  it('list twenty of one rule and count all', async () => {
    const { results, rules } = await found((open) => {
      for (let index = 0; index < 30; index++) open.addTrack('Pad', `Voice ${index}`, { soloed: true })
    })
    expect(results.filter(({ rule }) => rule === 'set-solo')).toHaveLength(20)
    expect(rules.find(({ id }) => id === 'set-solo')?.found).toBe(30)
  })
})
