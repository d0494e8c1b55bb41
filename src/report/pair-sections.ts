import type { ProfileSection, TrackProfile } from './comparison-contract.ts'

/** What two sections have to share: label most, then energy, then their place in the track. Together 1. */
const LABEL_WEIGHT = 0.5
const ENERGY_WEIGHT = 0.3
const PLACE_WEIGHT = 0.2
/** Energies this far apart share nothing. dB */
const FARTHEST_DB = 9
/** Half alike is the least that makes a pair. */
const LEAST_LIKENESS = 0.5

/** Labels that do the same work in a track, although one is called otherwise. */
const ROLES: Record<string, string> = {
  drop: 'peak',
  chorus: 'peak',
  verse: 'middle',
  section: 'middle',
  build: 'rise',
  breakdown: 'rest',
  intro: 'intro',
  outro: 'outro',
}
const SAME_ROLE = 0.75
/** "section" says only that nobody knows. */
const UNKNOWN_LABEL = 0.4

export interface PairedSections {
  track: number
  reference: number
  /** 0…1 */
  confidence: number
}

/**
 * Pairs the sections of two tracks in their order, so that the pairs together are as alike as they can be; sections
 * that nothing resembles stay alone. Rule: half by label, the rest by energy and place; below half alike no pair.
 */
export function pairSections(track: TrackProfile, reference: TrackProfile): PairedSections[] {
  const rows = track.sections.length
  const columns = reference.sections.length
  const likeness = track.sections.map((mine) =>
    reference.sections.map((theirs) =>
      likenessOf(mine, theirs, placeOf(mine, track) - placeOf(theirs, reference)),
    ),
  )
  const gain = (i: number, j: number) => (likeness[i]?.[j] ?? 0) - LEAST_LIKENESS
  const best = Array.from({ length: rows + 1 }, () => new Float64Array(columns + 1))
  const at = (i: number, j: number) => best[i]?.[j] ?? 0
  for (let i = 1; i <= rows; i++)
    for (let j = 1; j <= columns; j++) {
      const row = best[i]
      if (row) row[j] = Math.max(at(i - 1, j), at(i, j - 1), at(i - 1, j - 1) + gain(i - 1, j - 1))
    }
  const pairs: PairedSections[] = []
  for (let i = rows, j = columns; i > 0 && j > 0; ) {
    const isPair = gain(i - 1, j - 1) > 0 && at(i, j) === at(i - 1, j - 1) + gain(i - 1, j - 1)
    if (isPair) {
      pairs.push(describe(track, reference, --i, --j, likeness[i]?.[j] ?? 0))
    } else if (at(i, j) === at(i - 1, j)) i--
    else j--
  }
  return pairs.reverse()
}

function describe(
  track: TrackProfile,
  reference: TrackProfile,
  i: number,
  j: number,
  likeness: number,
): PairedSections {
  const sure = Math.sqrt((track.sections[i]?.confidence ?? 0) * (reference.sections[j]?.confidence ?? 0))
  return { track: i, reference: j, confidence: likeness * sure }
}

/** Where the middle of a section lies in its track: 0…1. */
function placeOf(section: ProfileSection, { durationSeconds }: TrackProfile): number {
  return (section.startSeconds + section.endSeconds) / 2 / Math.max(durationSeconds, 1)
}

/** 1 for the same label, energy and place; 0 for nothing in common. */
function likenessOf(mine: ProfileSection, theirs: ProfileSection, placeDifference: number): number {
  const energy = Math.max(0, 1 - Math.abs(mine.energyDb - theirs.energyDb) / FARTHEST_DB)
  const place = Math.max(0, 1 - Math.abs(placeDifference))
  return (
    LABEL_WEIGHT * labelLikeness(mine.label, theirs.label) + ENERGY_WEIGHT * energy + PLACE_WEIGHT * place
  )
}

function labelLikeness(mine: string, theirs: string): number {
  if (mine === theirs) return 1
  if (ROLES[mine] === ROLES[theirs]) return SAME_ROLE
  return mine === 'section' || theirs === 'section' ? UNKNOWN_LABEL : 0
}
