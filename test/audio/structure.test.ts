import { afterAll, describe, expect, it } from 'vitest'
import { measureTrack } from '../../src/audio/measure.ts'
import { noise } from './signals.ts'
import { soundFolder, writeWav } from './sound-files.ts'

const folder = soundFolder()
afterAll(folder.remove)

const RATE_HZ = 22_050
/** 120 BPM: a beat is 0.5 s, a bar 2 s, a section of eight bars 16 s. */
const BEAT_SECONDS = 0.5
const SECTION_SECONDS = 16
const CLUB = ['drums', 'drums bass chords', 'chords', 'drums bass chords', 'drums']
const VERSE = 'drums bass chords'
const CHORUS = 'drums bass chords lead'
const SONG = ['chords', VERSE, CHORUS, VERSE, CHORUS, 'chords']
const ROOTS = [110, 130.81, 98, 110]

/** Four to the floor with a snare on two and four, bass and chords that change with every bar, a high lead. */
function track(layers: readonly string[]): Float64Array {
  const hiss = noise(layers.length * SECTION_SECONDS * RATE_HZ, 4)
  return hiss.map((x, i) => {
    const t = i / RATE_HZ
    const playing = layers[Math.floor(t / SECTION_SECONDS)] ?? ''
    const root = ROOTS[Math.floor(t / (4 * BEAT_SECONDS)) % ROOTS.length] ?? 110
    const kick = t % BEAT_SECONDS
    const snare = (t + BEAT_SECONDS) % (2 * BEAT_SECONDS)
    const drums =
      0.5 * Math.sin(2 * Math.PI * 50 * kick) * Math.exp(-kick / 0.1) +
      0.2 * x * Math.exp(-snare / 0.05) +
      0.05 * x * Math.exp(-(t % 0.25) / 0.02)
    const bass = 0.2 * Math.sin(Math.PI * root * t)
    const chords = [2, 2.378, 3].reduce(
      (sum, ratio) => sum + 0.06 * Math.sin(2 * Math.PI * root * ratio * t),
      0,
    )
    const lead = [880, 1760, 3520, 7040].reduce((sum, hz) => sum + 0.08 * Math.sin(2 * Math.PI * hz * t), 0)
    return (
      (playing.includes('drums') ? drums : 0) +
      (playing.includes('bass') ? bass : 0) +
      (playing.includes('chords') ? chords : 0) +
      (playing.includes('lead') ? lead : 0)
    )
  })
}

describe('structure', async () => {
  const path = writeWav(folder.path('club.wav'), [track(CLUB)], { sampleRateHz: RATE_HZ, bits: 16 })
  const { structure, rhythm, source } = await measureTrack(path)
  const sections = structure?.sections ?? []

  it('has its borders where layers come and go', () => {
    const starts = sections.slice(1).map(({ startSeconds }) => startSeconds)
    expect(starts).toHaveLength(CLUB.length - 1)
    for (const [i, start] of starts.entries()) {
      expect(Math.abs(start - (i + 1) * SECTION_SECONDS)).toBeLessThan(1)
    }
  })

  it('covers the track without gaps', () => {
    expect(sections[0]?.startSeconds).toBe(0)
    expect(sections.at(-1)?.endSeconds).toBe(source.durationSeconds)
    for (const [i, section] of sections.entries()) {
      if (i > 0) expect(section.startSeconds).toBe(sections[i - 1]?.endSeconds)
    }
  })

  it('calls the part without drums a breakdown and the full parts drops', () => {
    expect(sections.map(({ label }) => label)).toEqual(['intro', 'drop', 'breakdown', 'drop', 'outro'])
  })

  it('stands on the beat and the bar', () => {
    expect(rhythm?.tempoBpm).toBeCloseTo(120, 0)
    expect(rhythm?.beatsPerBar).toBe(4)
    const offBeats = (rhythm?.beatsSeconds ?? []).map((seconds) => {
      const place = (seconds / BEAT_SECONDS) % 1
      return Math.min(place, 1 - place) * BEAT_SECONDS
    })
    expect(offBeats.filter((seconds) => seconds > 0.03).length).toBeLessThan(offBeats.length / 10)
    const offBars = (rhythm?.downbeatsSeconds ?? []).map((seconds) => Math.abs(((seconds + 1) % 2) - 1))
    expect(offBars.filter((seconds) => seconds > 0.05).length).toBeLessThan(offBars.length / 4)
  })
})

describe('structure of a song', () => {
  it('tells choruses, where a lead joins, from verses', async () => {
    const path = writeWav(folder.path('song.wav'), [track(SONG)], { sampleRateHz: RATE_HZ, bits: 16 })
    const { structure } = await measureTrack(path)
    const labels = structure?.sections.map(({ label }) => label)
    expect(labels).toEqual(['intro', 'verse', 'chorus', 'verse', 'chorus', 'outro'])
  })
})

describe('structure of what has no bars', () => {
  it('is null', async () => {
    const path = writeWav(folder.path('noise.wav'), [noise(RATE_HZ * 20, 6).map((x) => x * 0.3)], {
      sampleRateHz: RATE_HZ,
    })
    expect((await measureTrack(path)).structure).toBeNull()
  })
})
