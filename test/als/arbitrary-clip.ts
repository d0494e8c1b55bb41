import fc from 'fast-check'
import type { SetClip, SetTrack } from '../../src/als/contract.ts'
import { knownColor, withColor } from './arbitrary-color.ts'
import { beat, given, hundredths, name, signature } from './arbitrary-values.ts'
import type { Era } from './eras.ts'

const place = fc.constantFrom(
  'outside-project' as const,
  'project' as const,
  'live-pack' as const,
  'user-library' as const,
)

const sample = fc.record({
  name: given.filter((text) => !/[\\/]/.test(text)),
  place,
  seconds: fc.integer({ min: 1, max: 600 }),
})

const note = (era: Era) =>
  fc.record({
    key: fc.integer({ min: 0, max: 127 }),
    beat: fc.integer({ min: 0, max: 64 }).map((n) => n / 4),
    durationBeats: fc.integer({ min: 1, max: 16 }).map((n) => n / 4),
    velocity: fc.integer({ min: 1, max: 127 }),
    on: fc.boolean(),
    probability: era >= 11 ? fc.option(hundredths(0, 1)) : fc.constant(null),
  })

const clipBase = (era: Era) => ({
  name,
  color: knownColor.map(withColor(era)),
  start: beat,
  length: fc.integer({ min: 1, max: 64 }),
  disabled: fc.boolean(),
  loopOn: fc.boolean(),
  timeSignature: signature,
})

type View = Pick<SetClip, 'view' | 'slot' | 'takeLane'>

function arbitraryClip(era: Era, kind: 'audio' | 'midi', view: View): fc.Arbitrary<SetClip> {
  const base = fc.record(clipBase(era)).map(
    (clip): Omit<SetClip, 'audio' | 'midi' | 'kind'> => ({
      ...view,
      name: clip.name,
      ...clip.color,
      startBeat: clip.start,
      endBeat: clip.start + clip.length,
      disabled: clip.disabled,
      loop: { on: clip.loopOn, start: 0, end: clip.length, startRelative: 0, unit: 'beats' },
      timeSignature: clip.timeSignature,
      scale: null,
      envelopes: 0,
    }),
  )
  return kind === 'audio' ? audioClip(base) : midiClip(era, base)
}

type ClipBase = Omit<SetClip, 'audio' | 'midi' | 'kind'>

const modes = ['Beats', 'Tones', 'Texture', 'Re-Pitch', 'Complex', 'REX', 'Complex Pro'] as const

function audioClip(base: fc.Arbitrary<ClipBase>): fc.Arbitrary<SetClip> {
  return fc
    .record({
      base,
      warped: fc.boolean(),
      warpMode: fc.constantFrom(...modes),
      gainDb: fc.option(hundredths(-40, 24)),
      sampleBpm: fc.option(fc.integer({ min: 40, max: 240 })),
      semitones: fc.integer({ min: -48, max: 48 }),
      cents: fc.integer({ min: -50, max: 50 }),
      fadesOn: fc.boolean(),
      leader: fc.boolean(),
      sample: fc.option(sample),
    })
    .map((clip) => ({
      ...clip.base,
      kind: 'audio',
      loop: { ...clip.base.loop, unit: clip.warped ? 'beats' : 'seconds' },
      audio: {
        warped: clip.warped,
        warpMode: clip.warped ? clip.warpMode : null,
        sampleBpm: clip.warped ? clip.sampleBpm : null,
        gainDb: clip.gainDb,
        transposeSemitones: clip.semitones,
        detuneCents: clip.cents,
        fadesOn: clip.fadesOn,
        fadeInLength: 0.25,
        fadeOutLength: 0.5,
        highQuality: true,
        tempoLeader: clip.leader,
        sample: clip.sample && {
          name: clip.sample.name,
          place: clip.sample.place,
          outsideProject: clip.sample.place === 'outside-project',
          pack: clip.sample.place === 'live-pack' ? 'Core Library' : null,
          durationSeconds: clip.sample.seconds,
          sampleRateHz: 44_100,
        },
      },
      midi: null,
    }))
}

function midiClip(era: Era, base: fc.Arbitrary<ClipBase>): fc.Arbitrary<SetClip> {
  const notes = fc.uniqueArray(note(era), { maxLength: 6, selector: ({ key, beat: at }) => `${key} ${at}` })
  return fc.record({ base, notes }).map(({ base: clip, notes: unsorted }) => {
    const sorted = [...unsorted].sort((one, other) => one.beat - other.beat || one.key - other.key)
    const on = sorted.filter((each) => each.on)
    const keys = on.map(({ key }) => key)
    return {
      ...clip,
      kind: 'midi',
      audio: null,
      midi: {
        noteCount: sorted.length,
        lowestKey: on.length === 0 ? null : Math.min(...keys),
        highestKey: on.length === 0 ? null : Math.max(...keys),
        meanVelocity:
          on.length === 0 ? null : on.reduce((sum, { velocity }) => sum + velocity, 0) / on.length,
        notes: sorted,
      },
    }
  })
}

/** The clips of a track in the arrangement, the session and its take lanes. */
export function arbitraryClips(era: Era, kind: SetTrack['kind']): fc.Arbitrary<SetClip[]> {
  if (kind !== 'audio' && kind !== 'midi') return fc.constant([])
  const arranged = fc.array(arbitraryClip(era, kind, { view: 'arrangement', slot: null, takeLane: null }), {
    maxLength: 3,
  })
  const session = fc.option(arbitraryClip(era, kind, { view: 'session', slot: 1, takeLane: null }))
  const lane =
    era < 11
      ? fc.constant(null)
      : fc.option(arbitraryClip(era, kind, { view: 'take-lane', slot: null, takeLane: 0 }))
  return fc
    .tuple(arranged, session, lane)
    .map(([list, slot, take]) => [
      ...list,
      ...(slot === null ? [] : [slot]),
      ...(take === null ? [] : [take]),
    ])
}
