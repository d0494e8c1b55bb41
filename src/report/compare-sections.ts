import { difference, roundTo } from '../audio/decibels.ts'
import type { ProfileSection, SectionPair, SectionsDifference, TrackProfile } from './comparison-contract.ts'
import { type PairedSections, pairSections } from './pair-sections.ts'

/** Section by section; says why when sections cannot be paired. */
export function compareSections(track: TrackProfile, reference: TrackProfile): SectionsDifference {
  const all = (profile: TrackProfile) => [...profile.sections.keys()]
  const none = (reason: SectionsDifference['reason']): SectionsDifference => ({
    pairs: [],
    unpairedTrack: all(track),
    unpairedReference: all(reference),
    reason,
  })
  if (track.sections.length === 0) return none('track-has-no-sections')
  if (reference.sections.length === 0) return none('reference-has-no-sections')
  const found = pairSections(track, reference)
  if (found.length === 0) return none('nothing-alike')
  const pairs = found.flatMap((pair) => describePair(track, reference, pair))
  return {
    pairs,
    unpairedTrack: all(track).filter((index) => pairs.every((pair) => pair.trackSection !== index)),
    unpairedReference: all(reference).filter((index) =>
      pairs.every((pair) => pair.referenceSection !== index),
    ),
    reason: null,
  }
}

function describePair(track: TrackProfile, reference: TrackProfile, pair: PairedSections): SectionPair[] {
  const mine = track.sections[pair.track]
  const theirs = reference.sections[pair.reference]
  if (mine === undefined || theirs === undefined) return []
  const length = (section: ProfileSection) => section.endSeconds - section.startSeconds
  return [
    {
      trackSection: pair.track,
      referenceSection: pair.reference,
      confidence: roundTo(pair.confidence, 2),
      loudnessLu: difference(mine.loudnessLu, theirs.loudnessLu),
      psrDb: difference(mine.psrDb, theirs.psrDb),
      correlation: difference(mine.correlation, theirs.correlation),
      durationSeconds: roundTo(length(mine) - length(theirs), 1),
      bandsDb: mine.bandsDb.map((db, band) => difference(db, theirs.bandsDb[band] ?? null)),
    },
  ]
}
