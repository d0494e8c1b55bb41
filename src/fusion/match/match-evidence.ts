import type { MatchEvidence } from '../contract.ts'
import { type MatchFacts, UNHEARD } from './match-features.ts'

const one = (value: number) => (Math.round(value * 10) / 10).toFixed(1)
const whole = (value: number) => Math.round(value)

const EQUAL_TEMPO_PERCENT = 0.3
const CLEAR_KEY = 0.1
/** A stretch that fits so much better elsewhere (nats per value) does not lie where the set has it. */
const MOVED = 0.05
/** Nats per value in three neighbouring thirds of an octave: of generated songs, one right set in twenty exceeds it. */
const HEARD_ALTHOUGH_MUTED = 0.025
const ABSENT_LIFT_DB = -6
const CLEAR_BASS = 0.1
/** Of generated songs, one right set in twenty strays further, and two of three sets with parts moved about. */
const FAR_LEVELS_DB = 4.5
const NEAR_LEVELS_DB = 2.5
/** As much as one right set in twenty has. */
const MUCH_CONTRADICTED = 0.2

type Plain = Omit<MatchEvidence, 'trackIndex' | 'unit' | 'value'> & Partial<MatchEvidence>
const evidence = (plain: Plain): MatchEvidence => ({ value: null, unit: null, trackIndex: null, ...plain })

/** The judgement's reasons in words. Names of the set are left out: places in set.tracks stand for them. */
export function matchEvidence(facts: MatchFacts): MatchEvidence[] {
  return [
    arrangement(facts),
    levels(facts),
    ...contradicted(facts),
    ...tempo(facts),
    ...key(facts),
    ...bass(facts),
    ...order(facts),
    ...length(facts),
    ...tracks(facts),
  ]
}

function arrangement({ explained }: MatchFacts): MatchEvidence {
  const percent = Math.max(0, whole(100 * explained))
  return evidence({
    about: 'arrangement',
    speaks: explained > 0.3 ? 'for' : explained < 0.15 ? 'against' : 'neither',
    text: `When clips and notes of the set play accounts for ${percent} % of how the spectrum of the file changes over time (bounces of a set: about 25 to 60 %).`,
    value: percent,
    unit: '%',
  })
}

function levels({ levelsOffDb }: MatchFacts): MatchEvidence {
  return evidence({
    about: 'arrangement',
    speaks: levelsOffDb > FAR_LEVELS_DB ? 'against' : levelsOffDb < NEAR_LEVELS_DB ? 'for' : 'neither',
    text: `In stretches of a few bars, nine of ten third octaves are as loud as the set accounts for within ${one(levelsOffDb)} dB (bounces of a set: about 1 to 4.5 dB).`,
    value: Math.round(10 * levelsOffDb) / 10,
    unit: 'dB',
  })
}

function contradicted({ contradicted: share }: MatchFacts): MatchEvidence[] {
  if (share < MUCH_CONTRADICTED) return []
  return [
    evidence({
      about: 'arrangement',
      speaks: 'against',
      text: 'In many stretches of a few bars the file is explained better without tracks that the set has play there.',
      value: whole(100 * share),
      unit: '%',
    }),
  ]
}

function bass({ bass: agreement }: MatchFacts): MatchEvidence[] {
  if (agreement === null || Math.abs(agreement) < CLEAR_BASS) return []
  const text =
    agreement > 0
      ? 'The notes heard in the bass are those of the set.'
      : 'The notes heard in the bass are those of the set only if all of them are moved to another pitch.'
  return [
    evidence({
      about: 'pitch',
      speaks: agreement > 0 ? 'for' : 'against',
      text,
      value: whole(100 * agreement) / 100,
    }),
  ]
}

function tempo({ tempo: found }: MatchFacts): MatchEvidence[] {
  if (found === null) return []
  const { setBpm, heardBpm, offPercent, beatStrength } = found
  const equal = offPercent <= EQUAL_TEMPO_PERCENT
  const off = offPercent >= 3 ? 'more than 3' : one(offPercent)
  const text = equal
    ? `The tempo heard, ${one(heardBpm)} BPM, is that of the set, ${one(setBpm)} BPM, or a simple multiple of it; ${whole(100 * beatStrength)} % of the beats fall on its grid.`
    : `The tempo heard, ${one(heardBpm)} BPM, is ${off} % away from the set's ${one(setBpm)} BPM and its simple multiples.`
  return [
    evidence({
      about: 'tempo',
      speaks: equal ? 'for' : offPercent > 0.6 ? 'against' : 'neither',
      text,
      value: whole(100 * offPercent) / 100,
      unit: '%',
    }),
  ]
}

function key({ key: agreement, transposition }: MatchFacts): MatchEvidence[] {
  if (agreement === null) return []
  const speaks = agreement > CLEAR_KEY ? 'for' : agreement < -CLEAR_KEY ? 'against' : 'neither'
  const text =
    speaks === 'for'
      ? 'The notes of the set fit the key heard better than in any transposition.'
      : speaks === 'against'
        ? 'Moved to another pitch, the notes of the set would fit the key heard far better.'
        : 'The notes of the set fit the key heard no better than some transposition of them.'
  const moved = transposition !== null && transposition.gain > 0.01 && speaks !== 'for'
  const also = moved
    ? [
        evidence({
          about: 'pitch',
          speaks: 'against',
          text: `The spectrum fits the notes of the set best ${countOfSemitones(transposition.semitones)} ${transposition.semitones > 0 ? 'higher' : 'lower'}.`,
          value: transposition.semitones,
          unit: 'semitones',
        }),
      ]
    : []
  return [evidence({ about: 'key', speaks, text, value: whole(100 * agreement) / 100 }), ...also]
}

const countOfSemitones = (semitones: number) =>
  Math.abs(semitones) === 1 ? '1 semitone' : `${Math.abs(semitones)} semitones`

function order({ windows }: MatchFacts): MatchEvidence[] {
  const moved = windows.filter(({ here, best }) => here - best > MOVED)
  if (windows.length < 2) return []
  const text =
    moved.length === 0
      ? `Each of ${windows.length} stretches of a few bars fits best where the set has it.`
      : `${moved.length} of ${windows.length} stretches of a few bars would fit another place of the set better, the first at ${whole(moved[0]?.startSeconds ?? 0)} s.`
  return [
    evidence({
      about: 'order',
      speaks: moved.length === 0 ? 'for' : moved.length > windows.length / 5 ? 'against' : 'neither',
      text,
      value: moved.length,
      unit: 'stretches',
    }),
  ]
}

function length({ overhangSeconds }: MatchFacts): MatchEvidence[] {
  if (overhangSeconds <= 0) return []
  return [
    evidence({
      about: 'length',
      speaks: 'against',
      text: `The file goes on for ${whole(overhangSeconds)} s more than the arrangement and a tail of 10 s.`,
      value: whole(overhangSeconds),
      unit: 's',
    }),
  ]
}

function tracks({ presences, muted }: MatchFacts): MatchEvidence[] {
  const silent = presences.filter(({ gain, liftDb }) => gain < UNHEARD / 10 && liftDb < ABSENT_LIFT_DB)
  const heard = muted.filter(({ bandGain }) => bandGain > HEARD_ALTHOUGH_MUTED)
  return [
    ...silent.map(({ playing, liftDb }) =>
      evidence({
        about: 'silent-track',
        speaks: 'neither',
        text: 'Nothing in the file follows this track, although it should sound: it may be covered, very quiet, or not in the bounce.',
        value: whole(liftDb),
        unit: 'dB',
        trackIndex: playing.index,
      }),
    ),
    ...heard.map(({ playing, bandGain }) =>
      evidence({
        about: 'muted-track',
        speaks: 'against',
        text: 'This track is muted in the set, and yet something in the file follows it.',
        value: whole(1000 * bandGain) / 1000,
        unit: 'nats per value',
        trackIndex: playing.index,
      }),
    ),
  ]
}
