import type { SetClip, SetNote } from '../../src/als/contract.ts'
import type { Era } from './eras.ts'
import { element, leaf, optional, withId } from './print-xml.ts'

const WARP_MODES = ['Beats', 'Tones', 'Texture', 'Re-Pitch', 'Complex', 'REX', 'Complex Pro']
const TYPES = { 'outside-project': 1, project: 3, 'live-pack': 5, 'user-library': 6 }

/** A clip as Live writes it. */
export function printClip(era: Era, clip: SetClip): string {
  const { loop } = clip
  const [numerator, denominator] = (clip.timeSignature ?? '4/4').split('/')
  const tag = clip.kind === 'audio' ? 'AudioClip' : 'MidiClip'
  const body = [
    optional('CurrentStart', clip.startBeat),
    optional('CurrentEnd', clip.endBeat),
    element(
      'Loop',
      optional('LoopStart', loop.start),
      optional('LoopEnd', loop.end),
      optional('StartRelative', loop.startRelative),
      optional('LoopOn', loop.on),
    ),
    leaf('Name', clip.name),
    leaf(era >= 11 ? 'Color' : 'ColorIndex', clip.color ?? 0),
    element(
      'TimeSignature',
      element(
        'TimeSignatures',
        element(
          'RemoteableTimeSignature',
          leaf('Numerator', numerator ?? ''),
          leaf('Denominator', denominator ?? ''),
        ),
      ),
    ),
    optional('Disabled', clip.disabled),
    ...(clip.audio === null ? [] : printAudio(era, clip.audio)),
    ...(clip.midi === null ? [] : [printNotes(era, clip.midi.notes)]),
  ]
  return `<${tag} Id="0" Time="${clip.startBeat}">${body.join('\n')}</${tag}>`
}

function printAudio(era: Era, audio: NonNullable<SetClip['audio']>): string[] {
  return [
    optional('IsWarped', audio.warped),
    leaf('WarpMode', audio.warpMode === null ? 4 : WARP_MODES.indexOf(audio.warpMode)),
    ...printWarpMarkers(audio.sampleBpm ?? null),
    leaf('SampleVolume', audio.gainDb === null ? 0 : 10 ** (audio.gainDb / 20)),
    optional('PitchCoarse', audio.transposeSemitones),
    optional('PitchFine', audio.detuneCents),
    optional('Fade', audio.fadesOn),
    element(
      'Fades',
      optional('FadeInLength', audio.fadeInLength),
      optional('FadeOutLength', audio.fadeOutLength),
    ),
    optional('HiQ', audio.highQuality),
    optional(era >= 12 ? 'IsSongTempoLeader' : 'IsSongTempoMaster', audio.tempoLeader),
    ...(audio.sample === null ? [] : [printSample(era, audio.sample)]),
  ]
}

function printWarpMarkers(bpm: number | null): string[] {
  if (bpm === null) return []
  const marker = (beat: number) =>
    `<WarpMarker Id="${beat}" SecTime="${(beat * 60) / bpm}" BeatTime="${beat}" />`
  return [element('WarpMarkers', marker(0), marker(4))]
}

type Sample = NonNullable<NonNullable<SetClip['audio']>['sample']>

function printSample(era: Era, sample: Sample): string {
  const type = Object.entries(TYPES).find(([place]) => place === sample.place)?.[1] ?? 0
  const name = sample.name ?? ''
  const path =
    era >= 11
      ? [leaf('RelativePath', `../Samples/${name}`), leaf('Path', `C:/Users/Some Body/Samples/${name}`)]
      : [element('RelativePath', '<RelativePathElement Dir="Samples" />'), leaf('Name', name)]
  return element(
    'SampleRef',
    element('FileRef', leaf('RelativePathType', type), ...path, leaf('LivePackName', sample.pack ?? '')),
    leaf('DefaultDuration', (sample.durationSeconds ?? 0) * (sample.sampleRateHz ?? 0)),
    optional('DefaultSampleRate', sample.sampleRateHz),
  )
}

function printNotes(era: Era, notes: readonly SetNote[]): string {
  const keys = [...new Set(notes.map(({ key }) => key))]
  const tracks = keys.map((key, index) =>
    withId(
      'KeyTrack',
      index,
      element('Notes', ...notes.filter((note) => note.key === key).map((note) => printNote(era, note))),
      leaf('MidiKey', key),
    ),
  )
  return element('Notes', element('KeyTracks', ...tracks))
}

function printNote(era: Era, note: SetNote): string {
  const attributes = [
    `Time="${note.beat}" Duration="${note.durationBeats}" Velocity="${note.velocity}" OffVelocity="64"`,
    note.probability === null ? '' : `Probability="${note.probability}"`,
    era >= 12 && note.on ? '' : `IsEnabled="${note.on}"`,
  ]
  return `<MidiNoteEvent ${attributes.filter(Boolean).join(' ')} />`
}
