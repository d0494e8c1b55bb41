import type { Purpose, Threshold } from './rule.ts'

interface Destination {
  /** As people write it. */
  name: RegExp
  lufs: number
  provenance: Threshold['provenance']
  source: string
}

/** What the places a track goes to play at. Where nobody named one, −14 LUFS is what most of them share. */
const DESTINATIONS: readonly Destination[] = [
  {
    name: /broadcast|tv|radio|r ?128|ebu/i,
    lufs: -23,
    provenance: 'standard',
    source: 'EBU R 128: −23 LUFS',
  },
  { name: /a\/?85|atsc/i, lufs: -24, provenance: 'standard', source: 'ATSC A/85: −24 LKFS' },
  {
    name: /apple/i,
    lufs: -16,
    provenance: 'opinion',
    source: 'Sound Check of Apple Music plays at about −16 LUFS (third-party measurements)',
  },
  {
    name: /deezer/i,
    lufs: -15,
    provenance: 'opinion',
    source: 'Deezer plays at about −15 LUFS (third-party measurements)',
  },
]

/** The loudness that a master for this destination need not stay below. */
export function leastLoudness({ destination }: Purpose): Threshold {
  const known = DESTINATIONS.find(({ name }) => destination !== null && name.test(destination))
  return {
    value: known?.lufs ?? -14,
    unit: 'LUFS',
    provenance: known?.provenance ?? 'standard',
    source: known?.source ?? 'playback level of Spotify and Tidal; AES TD1008 asks for −16 by track',
  }
}

/** Genres that live on little contrast between sections. Opinion. */
const EVEN_GENRES = /ambient|drone|techno|minimal|noise|lo-?fi|meditation|score|loop/i

export function livesOnEvenness({ genre }: Purpose): boolean {
  return genre !== null && EVEN_GENRES.test(genre)
}
