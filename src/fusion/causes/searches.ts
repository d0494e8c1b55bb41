import type { RuleId } from '../../findings/contract.ts'
import type { ProblemKind } from '../culprits/problem.ts'

/** How the causes of a finding are looked for among the tracks of a set. */
export type Search =
  /** By weights that were fitted on planted defects. */
  | { by: 'weights'; kind: ProblemKind; place: 'as found' | 'standout third' | 'least alike band' }
  /** By share of the sound in the finding's band and time: of all tracks, or of those that play recordings. */
  | { by: 'share'; of: 'all' | 'recordings' }
  /** By settings that do what was found: what cuts, narrows or leans, weighed by the sound that runs through. */
  | { by: 'cut' | 'narrowing' | 'lean' }
  /** The end of the main track. */
  | { by: 'ceiling' | 'level' }

/** What the file as such has, whatever the tracks do, is not in it: ends, format, speed, tuning. */
const SEARCHES: Partial<Record<RuleId, Search>> = {
  clipping: { by: 'weights', kind: 'limiting', place: 'as found' },
  'over-limited': { by: 'weights', kind: 'limiting', place: 'as found' },
  'true-peak-over': { by: 'ceiling' },
  'codec-overshoot': { by: 'ceiling' },
  'too-quiet': { by: 'level' },
  mud: { by: 'weights', kind: 'mud', place: 'standout third' },
  boxy: { by: 'weights', kind: 'mud', place: 'standout third' },
  boomy: { by: 'weights', kind: 'boom', place: 'standout third' },
  harsh: { by: 'weights', kind: 'harshness', place: 'standout third' },
  sibilant: { by: 'weights', kind: 'harshness', place: 'standout third' },
  dull: { by: 'cut' },
  'thin-low-end': { by: 'cut' },
  'mono-incompatible': { by: 'weights', kind: 'phase', place: 'least alike band' },
  'inverted-polarity': { by: 'weights', kind: 'phase', place: 'least alike band' },
  'side-only-lows': { by: 'weights', kind: 'phase', place: 'as found' },
  'too-wide': { by: 'weights', kind: 'width', place: 'least alike band' },
  'too-narrow': { by: 'narrowing' },
  mono: { by: 'narrowing' },
  imbalance: { by: 'lean' },
  'kick-bass-masking': { by: 'weights', kind: 'kick-bass-clash', place: 'standout third' },
  'build-over-drop': { by: 'share', of: 'all' },
  hum: { by: 'share', of: 'recordings' },
  clicks: { by: 'share', of: 'recordings' },
  dropouts: { by: 'share', of: 'recordings' },
  'noise-floor': { by: 'share', of: 'recordings' },
}

const LOW_HZ = 120
const HIGH_HZ = 1000

/** @param centreHz middle of the finding's band; a resonance is sought as boom, mud or harshness by it */
export function searchFor(rule: RuleId, centreHz: number | null): Search | null {
  if (rule !== 'resonance' || centreHz === null) return SEARCHES[rule] ?? null
  const kind = centreHz < LOW_HZ ? 'boom' : centreHz < HIGH_HZ ? 'mud' : 'harshness'
  return { by: 'weights', kind, place: 'as found' }
}
