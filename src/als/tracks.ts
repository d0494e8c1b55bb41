import { type BreakpointBudget, TrackAutomation } from './automation.ts'
import { type ClipBudget, readClips } from './clips.ts'
import { readColor } from './color.ts'
import type { SetTrack } from './contract.ts'
import { readDevices } from './devices/devices.ts'
import type { DeviceBudget } from './devices/place.ts'
import { DEVICE_CHAIN_ELEMENTS, MIXER_ELEMENTS, TRACK_ELEMENTS } from './known-elements.ts'
import { readMixer } from './mixer.ts'
import type { Reading } from './reading.ts'
import { readRouting } from './routing.ts'

export type Budgets = {
  readonly breakpoints: BreakpointBudget
  readonly devices: DeviceBudget
  readonly clips: ClipBudget
}

const KINDS: Readonly<Record<string, SetTrack['kind']>> = {
  AudioTrack: 'audio',
  MidiTrack: 'midi',
  GroupTrack: 'group',
  ReturnTrack: 'return',
  MainTrack: 'main',
  MasterTrack: 'main',
}

const LATEST_BEAT = 63_072_000
/** A track that cannot be frozen is not frozen, although the file says nothing. */
const NEVER_FROZEN = new Set<SetTrack['kind']>(['return', 'main', 'group'])

export function trackKind(element: string): SetTrack['kind'] | undefined {
  return Object.hasOwn(KINDS, element) ? KINDS[element] : undefined
}

/** The outer chain of a track: mixer, clips, routing, devices. Only the master track of Live 8 names it otherwise. */
export function outerChain(reading: Reading, track: number): number {
  const { tape } = reading
  const chain = tape.child(track, 'DeviceChain')
  return chain >= 0 ? chain : tape.child(track, 'MasterChain')
}

/** The track at the root of the tape; `index` is its place in the set. References to other tracks stay ids. */
export function readTrack(
  reading: Reading,
  kind: SetTrack['kind'],
  index: number,
  budgets: Budgets,
): SetTrack {
  const { tape } = reading
  const track = 0
  const chain = outerChain(reading, track)
  const mixer = tape.child(chain, 'Mixer')
  noteUnknown(reading, track, chain, mixer)
  const automation = new TrackAutomation(reading, track, budgets.breakpoints)
  const id = kind === 'main' ? null : reading.id(track)
  const names = tape.child(track, 'Name')
  const userName = reading.givenName(tape.child(names, 'UserName'))
  const levels = readMixer(reading, mixer, automation)
  const place = { reading, automation, budget: budgets.devices }
  const list = tape.path(chain, 'DeviceChain', 'Devices')
  const devices = readDevices(
    place,
    list,
    id ?? (kind === 'main' ? 'main' : `#${index}`),
    levels.muted !== true,
  )
  const clips = readClips(reading, track, chain, budgets.clips)
  return {
    id,
    name: reading.name(tape.child(names, 'EffectiveName')) ?? userName ?? reading.name(names) ?? '',
    userName,
    info: reading.info(tape.child(names, 'Annotation')),
    kind,
    ...readColor(reading, track),
    groupId: readGroupId(reading, track),
    ...levels,
    frozen: reading.flag(tape.child(track, 'Freeze')) ?? (NEVER_FROZEN.has(kind) ? false : null),
    ...readRecording(reading, chain),
    ...readDelay(reading, track),
    output: readRouting(reading, tape.child(chain, 'AudioOutputRouting')),
    input: readRouting(
      reading,
      tape.child(chain, kind === 'midi' ? 'MidiInputRouting' : 'AudioInputRouting'),
    ),
    devices,
    clips: clips.counts,
    clipList: clips.list,
    takeLaneNames: clips.takeLaneNames,
    automation: automation.found,
    automatedParameters:
      automation.found.length + countTiming(reading, mixer, automation) + automation.noteUnclaimed(),
    arrangementEndBeats: arrangementEnd(clips.list),
  }
}

/** Tempo and time signature of the main track, whose automation is reported as changes of the whole set. */
function countTiming(reading: Reading, mixer: number, automation: TrackAutomation): number {
  const timing = ['Tempo', 'TimeSignature'].map((name) =>
    automation.eventsOf(reading.tape.child(mixer, name)),
  )
  return timing.filter((events) => automation.movesSomething(events)).length
}

function noteUnknown(reading: Reading, track: number, chain: number, mixer: number): void {
  reading.noteUnknownChildren(track, 'Track', TRACK_ELEMENTS)
  reading.noteUnknownChildren(chain, 'Track/DeviceChain', DEVICE_CHAIN_ELEMENTS)
  reading.noteUnknownChildren(mixer, 'Track/DeviceChain/Mixer', MIXER_ELEMENTS)
}

function readGroupId(reading: Reading, track: number): string | null {
  const group = reading.raw(reading.tape.child(track, 'TrackGroupId'))
  return group === null || !/^\d{1,12}$/.test(group) ? null : group
}

function readRecording(reading: Reading, chain: number): Pick<SetTrack, 'armed' | 'monitor'> {
  const { tape } = reading
  const sequencer = tape.child(chain, 'MainSequencer')
  const monitor = reading.number(tape.child(sequencer, 'MonitoringEnum'))
  return {
    armed: reading.flag(tape.path(sequencer, 'Recorder', 'IsArmed')),
    monitor: monitor === null ? null : ((['in', 'auto', 'off'] as const)[monitor] ?? null),
  }
}

function readDelay(reading: Reading, track: number): Pick<SetTrack, 'delayMs' | 'delaySamples'> {
  const { tape } = reading
  const node = tape.child(track, 'TrackDelay')
  const value = reading.number(tape.child(node, 'Value'))
  const inSamples = reading.flag(tape.child(node, 'IsValueSampleBased'))
  return { delayMs: inSamples === false ? value : null, delaySamples: inSamples === true ? value : null }
}

function arrangementEnd(clips: SetTrack['clipList']): number {
  let end = 0
  for (const clip of clips) {
    const inSong = clip.view === 'arrangement' && clip.endBeat !== null && clip.endBeat <= LATEST_BEAT
    if (inSong) end = Math.max(end, clip.endBeat ?? 0)
  }
  return end
}
