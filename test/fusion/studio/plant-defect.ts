import { filter } from './biquad.ts'
import { PLUGINS } from './plan-song.ts'
import { createRandom, type Random } from './random.ts'
import { gainsOf } from './render-song.ts'
import type { Insert, Part, Role, Song } from './song.ts'
import { SAMPLE_RATE_HZ, type Sound } from './voices.ts'

export const defectKinds = [
  'mud',
  'harshness',
  'boom',
  'level',
  'width',
  'phase',
  'kick-bass-clash',
  'limiting',
] as const
export type DefectKind = (typeof defectKinds)[number]

/** What was planted: the truth that no measure and no set says outright. */
export interface Planted {
  kind: DefectKind
  /** By a device or fader that the set shows, or in the source, which it does not show. */
  shownBySet: boolean
  trackId: string | null
  what: string
}

/** Wide bands in which the energies of parts are compared, Hz. */
const BANDS = {
  boom: [40, 120],
  mud: [120, 300],
  middle: [300, 2000],
  harshness: [2000, 5000],
  air: [6000, 14_000],
} as const
export type Energies = Record<keyof typeof BANDS, number>

/** A quarter of the song tells enough: one and a half seconds of every six. */
const EXCERPT_SECONDS = 1.5
const EXCERPT_EVERY_SECONDS = 6

function excerptsOf(channel: Float32Array): Float32Array {
  const step = EXCERPT_EVERY_SECONDS * SAMPLE_RATE_HZ
  const length = EXCERPT_SECONDS * SAMPLE_RATE_HZ
  const excerpts = new Float32Array(Math.ceil(channel.length / step) * length)
  for (let i = 0; i * step < channel.length; i++)
    excerpts.set(channel.subarray(i * step, i * step + length), i * length)
  return excerpts
}

/** Energy of a rendered part in each band, as its left side reaches the main track. */
export function energiesOf(song: Song, part: Part, sound: Sound): Energies {
  const gain = part.muted ? 0 : gainsOf(song, part).left
  const excerpts = excerptsOf(sound.left)
  const band = ([fromHz, toHz]: readonly [number, number]) => {
    const copy = excerpts.slice()
    filter(copy, { type: 'low-cut-12', freqHz: fromHz, gainDb: 0, q: 0.71 })
    filter(copy, { type: 'high-cut-12', freqHz: toHz, gainDb: 0, q: 0.71 })
    let energy = 0
    for (const value of copy) energy += value * value
    return gain * gain * energy
  }
  return {
    boom: band(BANDS.boom),
    mud: band(BANDS.mud),
    middle: band(BANDS.middle),
    harshness: band(BANDS.harshness),
    air: band(BANDS.air),
  }
}

/** By how much the whole mix rises in a band when one part does. */
function riseDb(all: readonly Energies[], index: number, band: keyof Energies, boostDb: number): number {
  const own = all[index]?.[band] ?? 0
  const total = all.reduce((sum, each) => sum + each[band], 1e-12)
  return 10 * Math.log10(1 + (own * (10 ** (boostDb / 10) - 1)) / total)
}

const CARRYING_SHARE = 0.1

/** Whether a part holds a tenth or more of one of the bands. */
export function carries(all: readonly Energies[], index: number): boolean {
  const bands = ['boom', 'mud', 'middle', 'harshness', 'air'] as const
  return bands.some(
    (band) =>
      (all[index]?.[band] ?? 0) >= CARRYING_SHARE * all.reduce((sum, each) => sum + each[band], 1e-12),
  )
}

const LOUD_ENOUGH_DB = 2.5

interface Choice {
  index: number
  boostDb: number
}

/** A part that is heard in the band once it is raised by the boost; undefined when none is. */
function choose(
  random: Random,
  song: Song,
  all: readonly Energies[],
  band: keyof Energies,
  from: number,
  to: number,
  fits: (role: Role) => boolean,
): Choice | undefined {
  const boostDb = Math.round(random.between(from, to) * 10) / 10
  const open = song.parts.flatMap((part, index) =>
    fits(part.role) && !part.muted && riseDb(all, index, band, boostDb) >= LOUD_ENOUGH_DB ? [index] : [],
  )
  const [index] = random.shuffled(open)
  return index === undefined ? undefined : { index, boostDb }
}

/**
 * The song with one defect in one track, and the truth about it.
 * @returns null when no part of this song can carry it so that it is heard
 */
export function plantDefect(
  song: Song,
  kind: DefectKind,
  shownBySet: boolean,
  energies: readonly Energies[],
): { song: Song; planted: Planted } | null {
  const random = createRandom(song.seed * 7 + defectKinds.indexOf(kind))
  if (kind === 'limiting') return plantLimiter(random, song, shownBySet, energies)
  const planted = planners[kind](random, song, shownBySet, energies)
  if (planted === null) return null
  const { index, part, what } = planted
  return {
    song: { ...song, parts: song.parts.map((each, i) => (i === index ? part : each)) },
    planted: { kind, shownBySet, trackId: part.id, what },
  }
}

interface Changed {
  index: number
  part: Part
  what: string
}
type Planner = (random: Random, song: Song, shown: boolean, energies: readonly Energies[]) => Changed | null

function changed(song: Song, index: number, what: string, change: (part: Part) => Part): Changed | null {
  const part = song.parts[index]
  return part === undefined ? null : { index, part: change(part), what }
}

const withInsert = (part: Part, insert: Insert): Part => ({ ...part, inserts: [...part.inserts, insert] })

/** A bell that is far too strong. */
function tonal(band: keyof Energies, fromHz: number, toHz: number, fits: (role: Role) => boolean): Planner {
  return (random, song, shown, energies) => {
    const choice = choose(random, song, energies, band, 8, 14, fits)
    if (choice === undefined) return null
    const bell = {
      type: 'bell' as const,
      freqHz: Math.round(random.between(fromHz, toHz)),
      gainDb: choice.boostDb,
      q: Math.round(random.between(0.7, 1.6) * 100) / 100,
    }
    const what = `+${bell.gainDb} dB at ${bell.freqHz} Hz`
    return changed(song, choice.index, what, (part) =>
      shown
        ? withInsert(part, { kind: 'eq', bands: [bell] })
        : { ...part, voice: { ...part.voice, colour: [...part.voice.colour, bell] } },
    )
  }
}

const level: Planner = (random, song, shown, energies) => {
  const bands = random.shuffled<keyof Energies>(['mud', 'middle', 'harshness', 'air'])
  for (const band of bands) {
    const choice = choose(random, song, energies, band, 8, 12, () => true)
    if (choice === undefined) continue
    const { boostDb } = choice
    const byUtility = random.chance(0.4)
    return changed(song, choice.index, `${boostDb} dB too loud`, (part) => {
      if (!shown) return { ...part, voice: { ...part.voice, gainDb: part.voice.gainDb + boostDb } }
      if (byUtility || part.volumeDb + boostDb > 6)
        return withInsert(part, { kind: 'utility', gainDb: boostDb, width: 1, invertLeft: false })
      return { ...part, volumeDb: Math.round(10 * (part.volumeDb + boostDb)) / 10 }
    })
  }
  return null
}

/** Louder parts only: a quiet part may be as wide as it likes. */
function prominent(
  random: Random,
  song: Song,
  energies: readonly Energies[],
  leastDb: number,
  fits: (part: Part) => boolean,
): number | undefined {
  const heard = song.parts.flatMap((part, index) =>
    fits(part) &&
    !part.muted &&
    (['boom', 'mud', 'middle', 'harshness', 'air'] as const).some(
      (band) => riseDb(energies, index, band, 100) - 100 > leastDb,
    )
      ? [index]
      : [],
  )
  return random.shuffled(heard)[0]
}

const width: Planner = (random, song, shown, energies) => {
  const index = prominent(random, song, energies, -4, ({ voice }) => voice.spread > 0.12)
  if (index === undefined) return null
  const amount = Math.round(random.between(2.6, 4) * 10) / 10
  return changed(song, index, `${Math.round(amount * 100)} % wide`, (part) =>
    shown
      ? withInsert(part, { kind: 'utility', gainDb: -3, width: amount, invertLeft: false })
      : { ...part, voice: { ...part.voice, width: amount, gainDb: part.voice.gainDb - 3 } },
  )
}

const phase: Planner = (random, song, shown, energies) => {
  const index = prominent(random, song, energies, -4, () => true)
  if (index === undefined) return null
  return changed(song, index, 'left channel upside down', (part) =>
    shown
      ? withInsert(part, { kind: 'utility', gainDb: 0, width: 1, invertLeft: true })
      : { ...part, voice: { ...part.voice, inverted: true } },
  )
}

/** Kick and bass in the same octave, one of them far too full there. */
const clash: Planner = (random, song, shown, energies) => {
  const choice = choose(random, song, energies, 'boom', 6, 12, (role) => role === 'kick' || role === 'bass')
  if (choice === undefined) return null
  const shelf = {
    type: 'bell' as const,
    freqHz: Math.round(random.between(50, 90)),
    gainDb: choice.boostDb,
    q: 0.8,
  }
  return changed(song, choice.index, `+${shelf.gainDb} dB at ${shelf.freqHz} Hz where both play`, (part) => {
    if (shown) return withInsert(part, { kind: 'eq', bands: [shelf] })
    const decay = part.role === 'kick' ? part.voice.decay * 2.2 : part.voice.decay
    return { ...part, voice: { ...part.voice, decay, colour: [...part.voice.colour, shelf] } }
  })
}

const planners: Record<Exclude<DefectKind, 'limiting'>, Planner> = {
  mud: tonal('mud', 140, 280, (role) => role !== 'kick' && role !== 'hats'),
  boom: tonal(
    'boom',
    50,
    105,
    (role) => role === 'kick' || role === 'bass' || role === 'percussion' || role === 'pad',
  ),
  harshness: tonal('harshness', 2200, 4500, (role) => role !== 'kick'),
  level,
  width,
  phase,
  'kick-bass-clash': clash,
}

/** Three times in four on the main track, else on a part that carries the mix. */
function plantLimiter(
  random: Random,
  song: Song,
  shownBySet: boolean,
  energies: readonly Energies[],
): { song: Song; planted: Planted } | null {
  const gainDb = Math.round(random.between(9, 15) * 10) / 10
  const limiter: Insert = { kind: 'limiter', gainDb, ceilingDb: -0.3 }
  const insert: Insert = shownBySet
    ? limiter
    : { kind: 'plugin', name: random.pick(PLUGINS), inside: limiter }
  const what = `${gainDb} dB into a limiter`
  if (random.chance(0.75)) {
    const main = [...song.main.filter(({ kind }) => kind !== 'limiter'), insert]
    return { song: { ...song, main }, planted: { kind: 'limiting', shownBySet, trackId: null, what } }
  }
  const index = prominent(random, song, energies, -2, ({ role }) => role !== 'effects')
  const planted =
    index === undefined
      ? null
      : changed(song, index, what, (part) =>
          withInsert({ ...part, volumeDb: part.volumeDb - 2 }, { ...insert }),
        )
  if (planted === null) return null
  const { part } = planted
  return {
    song: { ...song, parts: song.parts.map((each, i) => (i === index ? part : each)) },
    planted: { kind: 'limiting', shownBySet, trackId: part.id, what },
  }
}
