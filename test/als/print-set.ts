import type { LiveSet, SetTrack } from '../../src/als/contract.ts'
import type { WrittenSet } from './arbitrary-set.ts'
import { printClip } from './print-clip.ts'
import { printDevices } from './print-device.ts'
import {
  amplitudeOf,
  BEFORE_THE_SONG,
  type Event,
  element,
  escaped,
  leaf,
  optional,
  ParameterPrinter,
  withId,
} from './print-xml.ts'

const SCALES: Readonly<Record<string, number>> = { Major: 0, Minor: 1, Dorian: 2 }
const MONITORING = ['in', 'auto', 'off']
const TAGS = { audio: 'AudioTrack', midi: 'MidiTrack', group: 'GroupTrack', return: 'ReturnTrack' } as const

/** A set as the XML that its version of Live would write. */
export function printSet({ era, set }: WrittenSet): string {
  const printer = new ParameterPrinter(era)
  const main = set.tracks.find(({ kind }) => kind === 'main')
  const others = set.tracks.flatMap((track) =>
    track.kind === 'main' ? [] : [printTrack(printer, track, TAGS[track.kind])],
  )
  const returns = set.tracks.filter(({ kind }) => kind === 'return')
  const live = element(
    'LiveSet',
    element('Tracks', ...others),
    main === undefined ? '' : printMain(printer, set, main),
    element('PreHearTrack', element(era === 8 ? 'MasterChain' : 'DeviceChain', printCue(printer, set))),
    element(
      'SendsPre',
      ...returns.map((_, index) => `<SendPreBool Id="${index}" Value="${isPreFader(set, index)}" />`),
    ),
    ...printScenes(printer, set),
    element('Transport', ...printLoop(set)),
    ...printScale(printer, set),
    element('Locators', element('Locators', ...set.locators.map(printLocator))),
  )
  const version = `MajorVersion="5" MinorVersion="${era}.0_1" Creator="${escaped(set.creator ?? '')}"`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Ableton ${version}>${live}</Ableton>\n`
}

/** One switch for each return, for the sends of all tracks. */
function isPreFader({ tracks }: LiveSet, index: number): boolean {
  return tracks.some(({ sends }) => sends[index]?.preFader === true)
}

function printTrack(
  printer: ParameterPrinter,
  track: SetTrack,
  tag: string,
  extra: readonly string[] = [],
): string {
  const { era } = printer
  const chain = era === 8 && tag === 'MasterTrack' ? 'MasterChain' : 'DeviceChain'
  const mixer = printMixer(printer, track, extra)
  const devices = element('DeviceChain', printDevices(printer, track.devices))
  const body = [
    element(
      'Name',
      era === 8 ? '' : leaf('EffectiveName', track.name),
      leaf('UserName', track.userName ?? ''),
      leaf('Annotation', track.info ?? ''),
    ),
    leaf(era >= 11 ? 'Color' : 'ColorIndex', track.color ?? 0),
    track.kind === 'main' ? '' : leaf('TrackGroupId', track.groupId ?? -1),
    track.kind === 'audio' || track.kind === 'midi' || (track.kind === 'group' && era >= 12)
      ? optional('Freeze', track.frozen)
      : '',
    track.delayMs === null
      ? ''
      : element('TrackDelay', leaf('Value', track.delayMs), leaf('IsValueSampleBased', false)),
    element(
      chain,
      track.output === null ? '' : element('AudioOutputRouting', leaf('Target', track.output.target)),
      mixer,
      printSequencer(printer, track),
      devices,
    ),
    printTakeLanes(printer, track),
    era >= 10 ? printer.takeEnvelopes() : '',
  ]
  return track.id === null ? element(tag, ...body) : withId(tag, track.id, ...body)
}

function printMixer(printer: ParameterPrinter, track: SetTrack, extra: readonly string[]): string {
  const states = ['A', 'none', 'B']
  return element(
    'Mixer',
    element(
      'Sends',
      ...track.sends.map((send, index) =>
        withId(
          'TrackSendHolder',
          index + 7,
          printer.print('Send', amplitudeOf(send.db)),
          optional(printer.era >= 12 ? 'EnabledByUser' : 'Active', send.on),
        ),
      ),
    ),
    printer.print('Speaker', track.muted !== true),
    optional('SoloSink', track.soloed),
    printer.optional('Pan', track.pan),
    leaf('PanMode', track.splitPan === null ? 0 : 1),
    printer.print('SplitStereoPanL', track.splitPan?.left ?? -1),
    printer.print('SplitStereoPanR', track.splitPan?.right ?? 1),
    printer.print('Volume', amplitudeOf(track.volumeDb), volumeEvents(track)),
    printer.print('CrossFadeState', states.indexOf(track.crossfade ?? 'none')),
    ...extra,
  )
}

function volumeEvents(track: SetTrack): Event[] {
  const automation = track.automation.find(({ parameter }) => parameter === 'volumeDb')
  if (automation === undefined) return []
  const initial =
    automation.initial === null ? [] : [{ beat: BEFORE_THE_SONG, value: amplitudeOf(automation.initial) }]
  return [...initial, ...automation.points.map(({ beat, value }) => ({ beat, value: amplitudeOf(value) }))]
}

function printSequencer({ era }: ParameterPrinter, track: SetTrack): string {
  const clips = (view: string) =>
    track.clipList.filter((clip) => clip.view === view).map((clip) => printClip(era, clip))
  const events = element('ArrangerAutomation', element('Events', ...clips('arrangement')))
  const slot = (content: readonly string[]) =>
    element('ClipSlot', element('ClipSlot', element('Value', ...content)))
  return element(
    'MainSequencer',
    track.monitor === null ? '' : leaf('MonitoringEnum', MONITORING.indexOf(track.monitor)),
    track.armed === null ? '' : element('Recorder', leaf('IsArmed', track.armed)),
    element('ClipSlotList', slot([]), slot(clips('session'))),
    track.kind === 'midi' ? element('ClipTimeable', events) : element('Sample', events),
  )
}

function printTakeLanes({ era }: ParameterPrinter, track: SetTrack): string {
  const lanes = track.takeLaneNames.map((name, index) => {
    const clips = track.clipList.filter(({ takeLane }) => takeLane === index)
    const events = element('Events', ...clips.map((clip) => printClip(era, clip)))
    return withId('TakeLane', index, element('ClipAutomation', events), leaf('Name', name))
  })
  return era >= 11 ? element('TakeLanes', element('TakeLanes', ...lanes)) : ''
}

function printMain(printer: ParameterPrinter, set: LiveSet, main: SetTrack): string {
  const tempo = set.tempoChanges.map(({ beat, bpm }) => ({ beat, value: bpm }))
  const signatures = set.timeSignatureChanges.map(({ beat, timeSignature }) => ({
    beat,
    value: signatureId(timeSignature),
  }))
  const before = (value: number, events: readonly Event[]) =>
    events.length === 0 ? [] : [{ beat: BEFORE_THE_SONG, value }, ...events]
  const first = signatureId(set.timeSignature ?? '4/4')
  return printTrack(printer, main, printer.era >= 12 ? 'MainTrack' : 'MasterTrack', [
    printer.print('Tempo', set.tempoBpm ?? 120, before(set.tempoAtStartBpm ?? 120, tempo)),
    printer.print('TimeSignature', first, before(first, signatures)),
  ])
}

function signatureId(signature: string): number {
  const [numerator, denominator] = signature.split('/').map(Number)
  return 99 * Math.log2(denominator ?? 4) + (numerator ?? 4) - 1
}

function printCue(printer: ParameterPrinter, set: LiveSet): string {
  return element('Mixer', printer.print('Volume', amplitudeOf(set.cueVolumeDb)))
}

function printScenes({ era }: ParameterPrinter, set: LiveSet): string[] {
  if (era < 11) {
    const names = set.scenes.map(({ name }, index) => `<Scene Id="${index}" Value="${escaped(name)}" />`)
    return [element('SceneNames', ...names)]
  }
  const scenes = set.scenes.map((scene, index) =>
    withId(
      'Scene',
      index,
      leaf('Name', scene.name),
      leaf('Color', scene.color ?? -1),
      leaf('Tempo', scene.tempoBpm ?? 120),
      leaf('IsTempoEnabled', scene.tempoBpm !== null),
      leaf('TimeSignatureId', signatureId(scene.timeSignature ?? '4/4')),
      leaf('IsTimeSignatureEnabled', scene.timeSignature !== null),
    ),
  )
  return [element('Scenes', ...scenes)]
}

function printLoop({ loop }: LiveSet): string[] {
  if (loop === null) return []
  return [
    optional('LoopOn', loop.on),
    optional('LoopStart', loop.startBeat),
    optional('LoopLength', loop.lengthBeats),
  ]
}

function printScale({ era }: ParameterPrinter, set: LiveSet): string[] {
  const scale = set.scale ?? { root: 0, name: 'Major' }
  const root = leaf(era >= 12 ? 'Root' : 'RootNote', scale.root)
  const name = leaf('Name', era >= 12 ? (SCALES[scale.name] ?? 0) : scale.name)
  return [era === 8 ? '' : element('ScaleInformation', root, name), optional('InKey', set.inKey)]
}

function printLocator(locator: LiveSet['locators'][number], index: number): string {
  return withId(
    'Locator',
    index,
    leaf('Time', locator.beat),
    leaf('Name', locator.name),
    leaf('Annotation', locator.info ?? ''),
    optional('IsSongStart', locator.songStart),
  )
}
