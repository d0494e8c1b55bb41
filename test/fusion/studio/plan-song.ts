import type { Era } from '../../als/eras.ts'
import { nameOf } from './names.ts'
import { patternOf } from './patterns.ts'
import { createRandom, type Random } from './random.ts'
import type { Clip, Insert, Part, Role, Song } from './song.ts'
import { voiceOf } from './voice-of.ts'

/** Where bars begin, in quarter notes, and the harmony that all parts share. */
export interface Ground {
  barStarts: number[]
  barBeats: number[]
  root: number
  steps: readonly number[]
  /** Degrees of the chords, one for each bar of four. */
  chords: number[]
  /** Sections as bars from–to. */
  sections: { from: number; to: number }[]
}

const MAJOR = [0, 2, 4, 5, 7, 9, 11] as const
const MINOR = [0, 2, 3, 5, 7, 8, 10] as const
const ERAS: readonly [Era, ...Era[]] = [10, 11, 12]
const LOCATORS = ['Intro', 'Verse', 'Build', 'Drop', 'Break', 'Chorus', 'Outro', 'A', 'B', 'Part 2'] as const
const SHORTEST_SECONDS = 42
/** Names say little: a maximiser may do next to nothing, and a colour box may crush. */
export const PLUGINS = [
  'Our Comp',
  'Colour Box',
  'TapeThing',
  'Our Limiter',
  'Maximus Pro',
  'L9',
  'Loudizer',
] as const

/** Peaks of one note at which parts usually sit, dB; each song strays from them. */
const LEVELS: Record<Role, number> = {
  kick: -8,
  snare: -12,
  hats: -22,
  percussion: -20,
  bass: -13,
  lead: -18,
  arpeggio: -20,
  pad: -24,
  keys: -20,
  vocal: -14,
  strings: -24,
  effects: -26,
}

/** A song of 4 to 12 parts: plan only, nothing is rendered yet. */
export function planSong(seed: number): Song {
  const random = createRandom(seed)
  const odd = random.chance(0.3) ? 100 : 1
  const tempo = Math.round(random.between(86, 174) * odd) / odd
  const timeSignature = random.pick(['4/4', '4/4', '4/4', '4/4', '4/4', '3/4', '6/8', '7/8'])
  const root = random.integer(0, 11)
  const scale: Song['scale'] = { root, name: random.chance(1 / 3) ? 'Major' : 'Minor' }
  const ground = layGround(random, tempo, timeSignature, scale)
  const lengthBeats = (ground.barStarts.at(-1) ?? 0) + (ground.barBeats.at(-1) ?? 4)
  const group = random.chance(0.35)
    ? { id: '10', name: random.pick(['Drums', 'BUS 1', 'Group', 'Schlagzeug']), volumeDb: 0 }
    : null
  const parts = pickRoles(random).map((role, index) =>
    planPart(random, role, index, ground, group?.id ?? null),
  )
  const held = random.chance(0.3) && parts.length > 5 ? random.integer(3, parts.length - 1) : -1
  return {
    seed,
    era: random.pick(ERAS),
    tempoBpm: tempo,
    tempoChanges: random.chance(0.12)
      ? [
          { beat: Math.round(lengthBeats / 2), bpm: tempo },
          { beat: lengthBeats, bpm: Math.round(tempo * random.between(0.9, 1.1)) },
        ]
      : [],
    timeSignature,
    timeSignatureChanges: [],
    scale,
    locators: random.chance(0.6)
      ? ground.sections.map(({ from }, index) => ({
          beat: ground.barStarts[from] ?? 0,
          name: LOCATORS[index % LOCATORS.length] ?? '',
        }))
      : [],
    lengthBeats,
    group,
    returnName: random.pick(['A-Reverb', 'Hall', 'A-Return']),
    returnDb: -3,
    parts: parts.map((part, index) => ({ ...part, muted: index === held })),
    main: planMain(random),
  }
}

function layGround(random: Random, tempoBpm: number, timeSignature: string, scale: Song['scale']): Ground {
  const [numerator, denominator] = timeSignature.split('/').map(Number)
  const barLength = ((numerator ?? 4) * 4) / (denominator ?? 4)
  const bars = Math.max(24, 8 * Math.ceil((SHORTEST_SECONDS * tempoBpm) / 60 / barLength / 8))
  const sections: Ground['sections'] = []
  for (let from = 0; from < bars; ) {
    const to = Math.min(bars, from + random.pick([4, 8, 8]))
    sections.push({ from, to })
    from = to
  }
  return {
    barStarts: Array.from({ length: bars }, (_, bar) => bar * barLength),
    barBeats: Array.from({ length: bars }, () => barLength),
    root: scale.root,
    steps: scale.name === 'Major' ? MAJOR : MINOR,
    chords: random.pick([
      [0, 5, 3, 4],
      [0, 3, 5, 4],
      [0, 0, 5, 6],
      [0, 4, 5, 3],
      [0, 2, 3, 0],
    ]),
    sections,
  }
}

function pickRoles(random: Random): Role[] {
  const wanted = random.integer(4, 12)
  const first: Role[] = ['kick', 'bass', random.pick(['snare', 'hats']), random.pick(['pad', 'keys', 'lead'])]
  const others = random.shuffled<Role>([
    'snare',
    'hats',
    'percussion',
    'lead',
    'arpeggio',
    'pad',
    'keys',
    'vocal',
    'strings',
    'effects',
    'hats',
    'pad',
    'bass',
  ])
  const picked = [...first]
  for (const role of others)
    if (picked.length < wanted && (!picked.includes(role) || random.chance(0.3))) picked.push(role)
  return picked
}

const isDrum = (role: Role) => role === 'kick' || role === 'snare' || role === 'hats' || role === 'percussion'

function planPart(random: Random, role: Role, index: number, ground: Ground, groupId: string | null): Part {
  const audioChance = role === 'vocal' || role === 'effects' ? 1 : isDrum(role) ? 0.35 : 0.12
  const kind = random.chance(audioChance) ? 'audio' : 'midi'
  const trimDb = random.between(2, 11)
  return {
    id: String(11 + index),
    role,
    name: nameOf(random, role, index + 1, kind),
    kind,
    voice: voiceOf(random, role, LEVELS[role] + random.between(-2.5, 2.5) + trimDb),
    inserts: planInserts(random, role),
    volumeDb: Math.round(10 * -trimDb) / 10,
    pan: isDrum(role) || role === 'bass' ? 0 : Math.round(100 * random.between(-0.35, 0.35)) / 100,
    sendDb:
      role !== 'kick' && role !== 'bass' && random.chance(0.4) ? Math.round(random.between(-24, -10)) : null,
    groupId: isDrum(role) ? groupId : null,
    muted: false,
    clips: planClips(random, role, ground),
    shownKey: isDrum(role) && role !== 'percussion' && random.chance(0.5) ? 60 : null,
  }
}

/** Which sections a part plays in, with one pattern for each of at most two kinds of section. */
function planClips(random: Random, role: Role, ground: Ground): Clip[] {
  const busy = role === 'kick' || role === 'bass' ? 0.8 : role === 'effects' ? 0.35 : 0.62
  const patterns = [patternOf(random, role, ground), patternOf(random, role, ground)] as const
  const alternates = random.chance(0.3)
  const clips: Clip[] = []
  for (const [index, { from, to }] of ground.sections.entries()) {
    if (!random.chance(busy)) continue
    const pattern = alternates && index % 2 === 1 ? patterns[1] : patterns[0]
    const startBeat = ground.barStarts[from] ?? 0
    const endBeat = startBeat + (to - from) * (ground.barBeats[from] ?? 4)
    clips.push({ startBeat, endBeat, ...pattern })
  }
  if (clips.length > 0) return clips
  const last = ground.sections.at(-1) ?? { from: 0, to: 1 }
  const startBeat = ground.barStarts[last.from] ?? 0
  return [
    { startBeat, endBeat: startBeat + (last.to - last.from) * (ground.barBeats[0] ?? 4), ...patterns[0] },
  ]
}

/** The devices of a careful mixer: low cuts, small corrections, some glue. None of them is a fault. */
function planInserts(random: Random, role: Role): Insert[] {
  const inserts: Insert[] = []
  if (random.chance(0.6)) inserts.push(planEq(random, role))
  if (random.chance(0.25))
    inserts.push({
      kind: 'compressor',
      thresholdDb: Math.round(random.between(-26, -14)),
      ratio: random.pick([2, 3, 4]),
      attackMs: random.pick([3, 10, 20]),
      releaseMs: random.pick([60, 120]),
      outputDb: random.integer(0, 3),
    })
  if (random.chance(0.15))
    inserts.push({ kind: 'saturator', driveDb: random.integer(1, 5), outputDb: -random.integer(0, 3) })
  if (random.chance(0.2))
    inserts.push({
      kind: 'utility',
      gainDb: random.integer(-3, 2),
      width: role === 'bass' ? 0 : random.pick([0.8, 1, 1.1, 1.2]),
      invertLeft: false,
    })
  if (random.chance(0.08))
    inserts.push({ kind: 'limiter', gainDb: Math.round(random.between(0, 4) * 10) / 10, ceilingDb: -0.3 })
  if (random.chance(0.15))
    inserts.push({
      kind: 'plugin',
      name: random.pick(PLUGINS),
      inside: { kind: 'saturator', driveDb: 1, outputDb: -1 },
    })
  return inserts
}

function planEq(random: Random, role: Role): Insert {
  const low = role === 'kick' || role === 'bass'
  const bands: Extract<Insert, { kind: 'eq' }>['bands'] = []
  if (!low)
    bands.push({
      type: random.pick(['low-cut-12', 'low-cut-48']),
      freqHz: Math.round(random.between(60, role === 'hats' ? 400 : 160)),
      gainDb: 0,
      q: 0.71,
    })
  const count = random.integer(1, 2)
  for (let i = 0; i < count; i++)
    bands.push({
      type: 'bell',
      freqHz: Math.round(80 * 2 ** random.between(0, 6.5)),
      gainDb: Math.round(random.between(-4, 3.5) * 10) / 10,
      q: Math.round(random.between(0.7, 2) * 100) / 100,
    })
  return { kind: 'eq', bands }
}

function planMain(random: Random): Insert[] {
  const main: Insert[] = []
  if (random.chance(0.3))
    main.push({
      kind: 'eq',
      bands: [
        { type: 'high-shelf', freqHz: 8000, gainDb: Math.round(random.between(0, 2) * 10) / 10, q: 0.71 },
      ],
    })
  if (random.chance(0.25))
    main.push({
      kind: 'compressor',
      thresholdDb: -12,
      ratio: 2,
      attackMs: 20,
      releaseMs: 120,
      outputDb: random.integer(0, 2),
    })
  if (random.chance(0.3))
    main.push({
      kind: 'plugin',
      name: random.pick(PLUGINS),
      inside: { kind: 'limiter', gainDb: random.between(0, 2), ceilingDb: -0.5 },
    })
  if (random.chance(0.6))
    main.push({
      kind: 'limiter',
      gainDb: Math.round(random.between(0, 3) * 10) / 10,
      ceilingDb: random.pick([-0.3, -1, -0.5]),
    })
  return main
}
