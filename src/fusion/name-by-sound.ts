import type { PlayingTrack } from './playing-tracks.ts'
import { usualShares } from './role-spectra.ts'
import type { Role } from './track-role.ts'
import type { Unmixed } from './unmix.ts'
import { ROLES } from './vocabulary.ts'

/** A part of the mix that follows a track is compared with the usual spectra; nearer than this (nats) it is one. */
const NEAR = 0.8
/** No band is ever quite empty. */
const SMALLEST_SHARE = 1e-4

/** Tracks whose name and notes say nothing, with the role that their part of the mix suggests; null when none does. */
export function nameBySound(
  tracks: readonly PlayingTrack[],
  unmixed: Unmixed,
  bandsHz: readonly number[],
): PlayingTrack[] | null {
  const shapes = ROLES.map((role) => ({ role, shares: usualShares(role, bandsHz) }))
  let named = 0
  const renamed = tracks.map((playing, track) => {
    if (playing.role.role !== null) return playing
    const open = shapes.filter(({ role }) => possible(playing).has(role))
    const role = nearest(soundOf(track, unmixed, bandsHz.length), open)
    if (role === null) return playing
    named++
    return { ...playing, role: { role, by: 'sound' as const } }
  })
  return named === 0 ? null : renamed
}

const STRUCK: ReadonlySet<Role> = new Set(['kick', 'snare', 'hats', 'percussion'])
const PITCHED: ReadonlySet<Role> = new Set(['bass', 'lead', 'chords', 'vocal'])
const RECORDED: ReadonlySet<Role> = new Set(ROLES.filter((role) => role !== 'drums'))

/** One key alone is a drum, several keys are a tune, and a recording may be anything. */
function possible({ notes }: PlayingTrack): ReadonlySet<Role> {
  if (notes.length === 0) return RECORDED
  return notes.every(({ key }) => key === notes[0]?.key) ? STRUCK : PITCHED
}

/** Share of each band in what follows a track. */
function soundOf(track: number, { components, gains }: Unmixed, bands: number): Float64Array {
  const powers = new Float64Array(bands)
  for (const [k, { track: owner, levels }] of components.entries()) {
    if (owner !== track) continue
    for (let at = 0; at < levels.length; at++) {
      const band = at % bands
      powers[band] = (powers[band] ?? 0) + (levels[at] ?? 0) * (gains[k * bands + band] ?? 0)
    }
  }
  const all = powers.reduce((sum, power) => sum + power, 0)
  return powers.map((power) => power / Math.max(1e-15, all))
}

/** Kullback-Leibler divergence from the usual shares, the smallest of which are evened out. */
function nearest(sound: Float64Array, shapes: readonly { role: Role; shares: Float64Array }[]): Role | null {
  const distances = shapes.map(({ role, shares }) => ({
    role,
    distance: sound.reduce(
      (sum, share, band) =>
        sum + (share > 0 ? share * Math.log(share / ((shares[band] ?? 0) + SMALLEST_SHARE)) : 0),
      0,
    ),
  }))
  const [best] = distances.sort((a, b) => a.distance - b.distance)
  return best !== undefined && best.distance < NEAR ? best.role : null
}
