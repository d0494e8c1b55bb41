import type { Random } from './random.ts'
import type { Role, Voice } from './song.ts'

type Shape = Pick<
  Voice,
  'shape' | 'attack' | 'decay' | 'sustain' | 'release' | 'brightness' | 'detuneCents' | 'spread'
>

/** A source for a part: each song has its own. */
export function voiceOf(random: Random, role: Role, gainDb: number): Voice {
  return { ...shapeOf(random, role), gainDb, colour: [], width: 1, inverted: false, driveDb: 0 }
}

function shapeOf(random: Random, role: Role): Shape {
  const { between, pick } = random
  const struck = { attack: 0, sustain: 0, release: 0, detuneCents: 0 }
  const held = (attack: number, decay: number, sustain: number, release: number) => ({
    attack,
    decay,
    sustain,
    release,
    detuneCents: between(2, 12),
  })
  const shapes: Record<Role, () => Shape> = {
    kick: () => ({
      shape: 'kick',
      ...struck,
      decay: between(0.06, 0.13),
      brightness: between(1.2, 3),
      spread: 0,
    }),
    snare: () => ({
      shape: 'snare',
      ...struck,
      decay: between(0.04, 0.09),
      brightness: 0,
      spread: between(0, 0.3),
    }),
    hats: () => ({
      shape: 'hat',
      ...struck,
      decay: between(0.015, 0.05),
      brightness: 0,
      spread: between(0, 0.5),
    }),
    percussion: () => ({
      shape: 'blip',
      ...struck,
      decay: between(0.03, 0.08),
      brightness: 0,
      spread: between(0, 0.3),
    }),
    bass: () => ({
      shape: pick(['saw', 'square', 'sine', 'saw']),
      ...held(0.004, between(0.2, 0.6), between(0.5, 1), 0.03),
      brightness: between(1.5, 4),
      spread: 0,
    }),
    lead: () => ({
      shape: pick(['saw', 'square', 'triangle']),
      ...held(0.01, 0.4, between(0.6, 0.9), between(0.05, 0.2)),
      brightness: between(2.5, 4.5),
      spread: between(0, 0.4),
    }),
    arpeggio: () => ({
      shape: pick(['saw', 'square', 'triangle']),
      ...held(0.002, between(0.06, 0.15), between(0.05, 0.3), 0.05),
      brightness: between(2.5, 4.5),
      spread: between(0, 0.5),
    }),
    pad: () => ({
      shape: pick(['saw', 'saw', 'triangle']),
      ...held(between(0.1, 0.4), 1, between(0.8, 1), between(0.2, 0.5)),
      brightness: between(1.5, 3.2),
      spread: between(0.2, 0.6),
    }),
    keys: () => ({
      shape: pick(['triangle', 'square', 'saw']),
      ...held(0.004, between(0.2, 0.5), between(0.1, 0.4), 0.1),
      brightness: between(2, 3.5),
      spread: between(0.1, 0.4),
    }),
    vocal: () => ({
      shape: 'triangle',
      ...held(0.03, 0.6, between(0.7, 0.9), 0.08),
      brightness: between(3, 4.2),
      spread: 0,
    }),
    strings: () => ({
      shape: 'saw',
      ...held(between(0.05, 0.25), 1, 0.9, between(0.15, 0.4)),
      brightness: between(2, 3.5),
      spread: between(0.2, 0.5),
    }),
    effects: () => ({
      shape: 'noise',
      ...held(between(0.5, 1.5), 2, between(0.6, 1), between(0.3, 0.8)),
      brightness: between(2, 5),
      spread: between(0.2, 0.8),
    }),
  }
  return shapes[role]()
}
