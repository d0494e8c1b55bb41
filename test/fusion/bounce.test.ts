import { beforeAll, describe, expect, it } from 'vitest'
import type { LiveSet } from '../../src/als/contract.ts'
import type { AudioMeasures } from '../../src/audio/contract.ts'
import { componentsOf } from '../../src/fusion/activity.ts'
import type { Fusion } from '../../src/fusion/contract.ts'
import { fusionSchema } from '../../src/fusion/contract.ts'
import { unforeseenShare } from '../../src/fusion/coverage.ts'
import { describeFusion } from '../../src/fusion/describe-fusion.ts'
import { fuse } from '../../src/fusion/fuse.ts'
import { columnsAt } from '../../src/fusion/observed.ts'
import { printAndParse } from '../als/round-trip.ts'
import { exportSet } from './studio/export-set.ts'
import { makeCase, type StudioCase, WHOLE } from './studio/make-case.ts'
import type { Song } from './studio/song.ts'
import { wrongSet } from './studio/wrong-sets.ts'

const SEED = 7101

/** A song without automation of the tempo, with locators. */
const plain = (song: Song): Song => ({
  ...song,
  tempoChanges: [],
  locators: [
    { beat: 0, name: 'Intro' },
    { beat: 32, name: 'Drop' },
  ],
})

function buildFusion(set: LiveSet, audio: AudioMeasures): Fusion | null {
  const fused = fuse(set, audio)
  return fused === null ? null : describeFusion(fused)
}

async function bounce(startSeconds: number): Promise<StudioCase> {
  const made = await makeCase(SEED, null, { ...WHOLE, startSeconds }, plain)
  if (made === null) throw new Error('a song without a defect is always made')
  return made
}

describe('a mix and the set that it was bounced from', () => {
  let whole: StudioCase
  let fusion: Fusion | null = null
  beforeAll(async () => {
    whole = await bounce(0)
    fusion = buildFusion(whole.set, whole.audio)
  }, 120_000)

  it('belong together', () => {
    expect(fusion?.match.verdict).toBe('yes')
    expect(fusionSchema.safeParse(fusion).success).toBe(true)
  })

  it('share one time line: the file begins at bar 1, and each bar lasts as the set says', () => {
    const bar =
      (Number(whole.song.timeSignature.split('/')[0]) * 4) / Number(whole.song.timeSignature.split('/')[1])
    const barSeconds = (bar * 60) / whole.song.tempoBpm
    expect(fusion?.timing?.offsetSeconds).toBeCloseTo(0, 2)
    expect(fusion?.timing?.startsAt).toEqual({ bar: 1, beat: 1 })
    expect(fusion?.timing?.barStartsSeconds[8]).toBeCloseTo(8 * barSeconds, 2)
    expect(fusion?.timing?.locators.map(({ name, seconds }) => [name, Math.round(seconds * 100)])).toEqual([
      ['Intro', 0],
      ['Drop', Math.round((3200 * 60) / whole.song.tempoBpm)],
    ])
  })

  it('are not laid over each other when a clip lies hours behind the end of the mix', () => {
    const farOut = { ...whole.set, arrangementLengthBeats: 63_000_000 }
    expect(buildFusion(farOut, whole.audio)).toBeNull()
  })

  it('are told from a set of another song, and then nothing of the set is laid over the file', async () => {
    const other = wrongSet(whole.song, 'another-song', [])
    if (other === null) throw new Error('there is always another song')
    const wrong = buildFusion(await printAndParse(exportSet(other)), whole.audio)
    expect(wrong?.match.verdict).toBe('no')
    expect(wrong?.timing).toBeNull()
    expect(wrong?.counterfactuals).toEqual([])
  })

  it('are told apart when a track that is heard is muted in the set, and the track is named', async () => {
    const [loud] = whole.carrying
    const parts = whole.song.parts.map((part) => (part.id === loud ? { ...part, muted: true } : part))
    const set = await printAndParse(exportSet({ ...whole.song, parts }))
    const wrong = buildFusion(set, whole.audio)
    expect(wrong?.match.verdict).not.toBe('yes')
    expect(wrong?.match.likelyDifference).toBe('muted-track')
    const muted = set.tracks.findIndex(
      ({ muted: isMuted }, index) => isMuted && !whole.set.tracks[index]?.muted,
    )
    const named = wrong?.match.evidence.filter(({ about }) => about === 'muted-track')
    expect(named?.map(({ trackIndex }) => trackIndex)).toContain(muted)
  })

  it('are told apart when the set is transposed: the notes in the bass say so', async () => {
    const moved = wrongSet(whole.song, 'transposed', whole.carrying)
    if (moved === null) throw new Error('this song carries a tune')
    const wrong = buildFusion(await printAndParse(exportSet(moved)), whole.audio)
    const speaks = (fusion: Fusion | null) =>
      fusion?.match.evidence.filter(({ text }) => text.startsWith('The notes heard in the bass'))
    expect(speaks(fusion)?.map(({ speaks: side }) => side)).toEqual(['for'])
    expect(speaks(wrong)?.map(({ speaks: side }) => side)).toEqual(['against'])
    expect(wrong?.match.verdict).not.toBe('yes')
  })

  it('do not lie where the file would sound while nothing in the set plays', () => {
    const fused = fuse(whole.set, whole.audio)
    if (fused === null) throw new Error('they lie over each other')
    const { observed, clock, tracks } = fused
    const at = (seconds: number) =>
      unforeseenShare(observed, componentsOf(tracks, clock, columnsAt(observed, seconds)))
    expect(at(0)).toBe(0)
    expect(at(clock.lengthSeconds / 2)).toBeGreaterThan(0.3)
    expect(at(-20)).toBeGreaterThan(0.3)
  })

  it('are found to begin late when silence stands before the music', async () => {
    const late = await bounce(-1.5)
    expect(buildFusion(late.set, late.audio)?.timing?.offsetSeconds).toBeCloseTo(-1.5, 1)
  })

  it('say nothing together when the set has no arrangement', () => {
    const session = { ...whole.set, tracks: whole.set.tracks.map((track) => ({ ...track, clipList: [] })) }
    expect(buildFusion(session, whole.audio)).toBeNull()
  })
})
