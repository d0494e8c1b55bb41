import { describe, expect, it } from 'vitest'
import type { SetClip, SetTrack } from '../../src/als/contract.ts'
import { playedNotes } from '../../src/fusion/played-notes.ts'
import { playingTracks } from '../../src/fusion/playing-tracks.ts'
import { guessRole } from '../../src/fusion/track-role.ts'
import { exampleSet } from '../als/example-set.ts'

const example = exampleSet(12).set

function trackNamed(name: string): SetTrack {
  const track = example.tracks.find((each) => each.name === name)
  if (track === undefined) throw new Error(`the example has no ${name}`)
  return track
}

function withClip(change: (clip: SetClip) => SetClip): SetTrack {
  const bass = trackNamed('Bass')
  return { ...bass, clipList: bass.clipList.map(change) }
}

describe('notes in the arrangement', () => {
  it('are played as often as the loop fits: three notes a bar over 32 bars are 96', () => {
    const notes = playedNotes(trackNamed('Bass'))
    expect(notes).toHaveLength(96)
    expect(notes[3]).toEqual({ key: 33, startBeat: 4.5, endBeat: 5, velocity: 100 / 127 })
  })

  it('begin inside the loop where the clip says so: two beats in, the first round is half', () => {
    const notes = playedNotes(
      withClip((clip) => ({ ...clip, loop: { ...clip.loop, startRelative: 2 }, endBeat: 6 })),
    )
    expect(notes.map(({ startBeat }) => startBeat)).toEqual([0.5, 2.5, 3.5, 4.5])
  })

  it('play once in a clip that does not loop', () => {
    const notes = playedNotes(withClip((clip) => ({ ...clip, loop: { ...clip.loop, on: false } })))
    expect(notes.map(({ startBeat }) => startBeat)).toEqual([0.5, 1.5, 2.5])
  })

  it('are silent in deactivated clips and in the session', () => {
    expect(playedNotes(withClip((clip) => ({ ...clip, disabled: true })))).toEqual([])
    expect(playedNotes(withClip((clip) => ({ ...clip, view: 'session' })))).toEqual([])
  })

  it('end with a loop of no length instead of going round for ever', () => {
    expect(playedNotes(withClip((clip) => ({ ...clip, loop: { ...clip.loop, end: 0 } })))).toHaveLength(3)
  })
})

describe('which tracks sound', () => {
  const audible = (tracks: SetTrack[]) =>
    playingTracks({ ...example, tracks })
      .filter((each) => each.audible)
      .map(({ track }) => track.name)
  const change = (name: string, parts: Partial<SetTrack>) =>
    example.tracks.map((track) => (track.name === name ? { ...track, ...parts } : track))

  it('leaves out a muted track, and all of a muted group', () => {
    expect(audible(change('Pad', { muted: true }))).toEqual(['Kick', 'Bass'])
    expect(audible(change('Drums', { muted: true }))).toEqual(['Pad'])
  })

  it('hears only what is soloed', () => {
    expect(audible(change('Bass', { soloed: true }))).toEqual(['Bass'])
    expect(audible(change('Drums', { soloed: true }))).toEqual(['Kick', 'Bass'])
  })
})

describe('what a track plays', () => {
  const roleOf = (name: string) => guessRole({ ...trackNamed('Pad'), name, clipList: [] }, []).role

  it('is read from names in several languages', () => {
    expect(
      ['BD', 'Grosse caisse', 'Caja', 'Bajo', 'Gesang', 'Streicher', 'Hi-Hat Loop', 'Bassdrum'].map(roleOf),
    ).toEqual(['kick', 'kick', 'snare', 'bass', 'vocal', 'chords', 'hats', 'kick'])
  })

  it('stays open for names that say nothing', () => {
    expect(['7-MIDI', 'Audio 3', 'asdf', ''].map(roleOf)).toEqual([null, null, null, null])
  })

  it('is read from the notes then: chords are chords, one low line is a bass', () => {
    const nameless = (track: SetTrack) => ({ ...track, name: '3-MIDI', clipList: [] })
    const { notes: chord = [] } = playingTracks(example).find(({ track }) => track.name === 'Pad') ?? {}
    const { notes: line = [] } = playingTracks(example).find(({ track }) => track.name === 'Bass') ?? {}
    expect(guessRole(nameless(trackNamed('Pad')), chord)).toEqual({ role: 'chords', by: 'notes' })
    expect(guessRole(nameless(trackNamed('Bass')), line)).toEqual({ role: 'bass', by: 'notes' })
  })
})
