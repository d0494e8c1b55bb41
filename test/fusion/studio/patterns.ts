import type { Ground } from './plan-song.ts'
import type { Random } from './random.ts'
import type { Clip, Note, Role } from './song.ts'

type Pattern = Pick<Clip, 'loopBeats' | 'notes'>

/** What a part plays: a loop of one, two or four bars. */
export function patternOf(random: Random, role: Role, ground: Ground): Pattern {
  const bar = ground.barBeats[0] ?? 4
  if (role === 'kick') return loop(bar, kick(random, bar))
  if (role === 'snare') return loop(bar, snare(random, bar))
  if (role === 'hats') return loop(bar, hats(random, bar))
  if (role === 'percussion') return loop(bar * 2, scattered(random, bar * 2, [60, 62, 64]))
  if (role === 'effects')
    return loop(bar * 4, [{ key: 60, beat: 0, beats: bar * random.pick([2, 4]), velocity: 100 }])
  const register = REGISTERS[role] ?? 60
  const home = register + ((ground.root - (register % 12) + 12) % 12)
  if (role === 'bass') return loop(bar * 4, bass(random, ground, bar, home))
  if (role === 'pad' || role === 'strings') return loop(bar * 4, chords(random, ground, bar, home, [0]))
  if (role === 'keys')
    return loop(
      bar * 4,
      chords(
        random,
        ground,
        bar,
        home,
        random.pick([
          [0, 1.5],
          [0, 2],
          [0.5, 1.5, 2.5],
          [0, 0.75, 1.5],
        ]),
      ),
    )
  if (role === 'arpeggio') return loop(bar * 4, arpeggio(random, ground, bar, home))
  return loop(bar * 4, melody(random, ground, bar, home))
}

const REGISTERS: Partial<Record<Role, number>> = {
  bass: 28,
  pad: 48,
  keys: 52,
  strings: 60,
  lead: 64,
  arpeggio: 60,
  vocal: 57,
}

function loop(loopBeats: number, notes: Note[]): Pattern {
  return {
    loopBeats,
    notes: notes.filter(({ beat }) => beat < loopBeats).sort((a, b) => a.beat - b.beat || a.key - b.key),
  }
}

const range = (from: number, to: number, step: number) =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / step - 1e-9)) }, (_, i) => from + i * step)

function kick(random: Random, bar: number): Note[] {
  const beats = random.pick([
    range(0, bar, 1),
    range(0, bar, 2),
    [0, 1.5, 2.5].filter((b) => b < bar),
    [0, 0.75, 2.25].filter((b) => b < bar),
  ])
  return beats.map((beat) => ({ key: 36, beat, beats: 0.25, velocity: 112 }))
}

function snare(random: Random, bar: number): Note[] {
  const beats = random.pick([range(1, bar, 2), range(1, bar, 2), [2], [1, 2.75]])
  return beats.filter((b) => b < bar).map((beat) => ({ key: 38, beat, beats: 0.25, velocity: 108 }))
}

function hats(random: Random, bar: number): Note[] {
  const step = random.pick([0.25, 0.5, 0.5, 1])
  const from = step === 1 ? 0.5 : 0
  return range(from, bar, step).map((beat, i) => ({
    key: 42,
    beat,
    beats: 0.1,
    velocity: i % 2 === 0 ? 105 : 80,
  }))
}

function scattered(random: Random, beats: number, keys: [number, ...number[]]): Note[] {
  return range(0, beats, 0.25).flatMap((beat) =>
    random.chance(0.3)
      ? [{ key: random.pick(keys), beat, beats: 0.2, velocity: random.integer(70, 115) }]
      : [],
  )
}

/** The tone of a scale, counted from its root through as many octaves as needed. */
function tone({ steps }: Ground, home: number, degree: number): number {
  const octave = Math.floor(degree / 7)
  return home + 12 * octave + (steps[degree - 7 * octave] ?? 0)
}

function bass(random: Random, ground: Ground, bar: number, home: number): Note[] {
  const rhythm = random.pick([range(0, bar, 0.5), range(0.5, bar, 1), [0, 1.5, 2.5], [0], range(0, bar, 1)])
  const beats = random.between(0.5, 0.95)
  return ground.chords.flatMap((degree, index) =>
    rhythm.map((beat, i) => ({
      key:
        tone(ground, home, degree > 4 ? degree - 7 : degree) +
        (i === rhythm.length - 1 && rhythm.length > 3 ? 12 : 0),
      beat: index * bar + beat,
      beats: Math.max(0.2, ((rhythm[i + 1] ?? bar) - beat) * beats),
      velocity: 100,
    })),
  )
}

function chords(
  random: Random,
  ground: Ground,
  bar: number,
  home: number,
  rhythm: readonly number[],
): Note[] {
  const size = random.pick([3, 3, 4])
  return ground.chords.flatMap((degree, index) =>
    rhythm.flatMap((beat, i) =>
      range(0, size, 1).map((n) => ({
        key: tone(ground, home, degree + 2 * n - (degree > 3 ? 7 : 0)),
        beat: index * bar + beat,
        beats: ((rhythm[i + 1] ?? bar) - beat) * (rhythm.length === 1 ? 0.98 : 0.6),
        velocity: 90,
      })),
    ),
  )
}

function arpeggio(random: Random, ground: Ground, bar: number, home: number): Note[] {
  const step = random.pick([0.25, 0.5])
  const order = random.pick([
    [0, 2, 4, 2],
    [0, 2, 4, 7],
    [4, 2, 0, 2],
  ])
  return ground.chords.flatMap((degree, index) =>
    range(0, bar, step).map((beat, i) => ({
      key: tone(ground, home, degree + (order[i % order.length] ?? 0)),
      beat: index * bar + beat,
      beats: step * 0.7,
      velocity: 95,
    })),
  )
}

function melody(random: Random, ground: Ground, bar: number, home: number): Note[] {
  const notes: Note[] = []
  let degree = random.integer(0, 6)
  for (let beat = 0; beat < bar * 4; ) {
    const beats = Math.min(random.pick([0.5, 0.5, 1, 1, 2, 1.5]), bar * 4 - beat)
    if (!random.chance(0.18))
      notes.push({
        key: tone(ground, home, degree),
        beat,
        beats: beats * 0.9,
        velocity: random.integer(85, 115),
      })
    degree = Math.max(-2, Math.min(9, degree + random.integer(-2, 2)))
    beat += beats
  }
  return notes
}
