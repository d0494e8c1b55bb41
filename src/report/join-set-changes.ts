import { roundTo } from '../audio/decibels.ts'
import { BANDS } from '../audio/seven-bands.ts'
import { changeText } from '../set-diff/change-words.ts'
import type { SetChange, SetDiff } from '../set-diff/contract.ts'
import type { ChangeRange, Changes } from './changes-contract.ts'
import { type Foreseen, foresee, type SetVersion, type Span } from './foresee-change.ts'
import type { SetChangeEffect, SetChanges } from './set-changes-contract.ts'

/** Weight of "something that the set does not show" beside what it shows. */
const SOMETHING_ELSE = 0.15
const LEAST_LIKELY = 0.15
/** From here on a difference counts as what the change did. */
const LIKELY = 0.3
/** Less than this in the mix is not heard, dB. */
const SMALLEST_DB = 0.3
const UNKNOWN_SHARE = 0.4

/**
 * Joins what was changed in a set to what changed in its mix: for each difference the changes that would make it, by when
 * and where they sound, in which bands, in which direction, and by how much of the sound runs through them.
 * @param changes null without two mixes
 */
export function joinSetChanges(
  diff: SetDiff,
  changes: Changes | null,
  newer: SetVersion,
  earlier: SetVersion,
): SetChanges {
  const isTold = changes !== null && changes.reason === null
  const foreseen = diff.changes.map((change) => foresee(change, newer, earlier))
  const did = diff.changes.map((): SetChangeEffect['did'] => [])
  const unexplainedRanges: number[] = []
  for (const [rangeIndex, range] of (isTold ? changes.ranges : []).entries()) {
    const fits = foreseen.map((each, index) => fitOf(each, diff.changes[index], range))
    const all = fits.reduce((sum, { score }) => sum + score, SOMETHING_ELSE)
    let best = 0
    for (const [index, { score, expectedDb }] of fits.entries()) {
      const likelihood = roundTo(score / all, 2)
      best = Math.max(best, likelihood)
      if (likelihood >= LEAST_LIKELY) did[index]?.push({ rangeIndex, likelihood, expectedDb })
    }
    if (best < LIKELY) unexplainedRanges.push(rangeIndex)
  }
  return {
    changes: diff.changes.map((change, index) => {
      const own = (did[index] ?? []).sort((a, b) => b.likelihood - a.likelihood)
      return {
        ...change,
        words: changeText(change),
        outcome: outcomeOf(foreseen[index]?.about ?? null, isTold, own),
        did: own,
      }
    }),
    more: diff.more,
    matchedTracks: diff.matchedTracks,
    idsKept: diff.idsKept,
    unexplainedRanges,
  }
}

function outcomeOf(
  about: Foreseen['about'],
  isTold: boolean,
  did: SetChangeEffect['did'],
): SetChangeEffect['outcome'] {
  if (about === null) return 'silent by itself'
  if (!isTold) return 'cannot be told'
  return (did[0]?.likelihood ?? 0) >= LIKELY ? 'measured' : 'nothing measured'
}

const NO_FIT = { score: 0, expectedDb: null }

function fitOf(foreseen: Foreseen, change: SetChange | undefined, range: ChangeRange) {
  if (change === undefined || foreseen.about === null) return NO_FIT
  const kind = kindFit(foreseen, change, range)
  if (kind === 0) return NO_FIT
  const isInDb = range.kind === 'level' || range.kind === 'bands'
  const expectedDb = isInDb ? expectedOf(foreseen, range) : null
  const score =
    kind *
    timeFit(foreseen, range) *
    (isInDb ? shareFit(foreseen, range) : 1) *
    signFit(foreseen, range) *
    sizeFit(expectedDb, range.change)
  return { score, expectedDb: expectedDb === null ? null : roundTo(expectedDb, 1) }
}

/** 0…1: whether a change of this kind makes a difference of that kind. */
function kindFit({ about }: Foreseen, { kind }: SetChange, range: ChangeRange): number {
  const isMove = kind.startsWith('clip-') || kind.startsWith('track-')
  switch (range.kind) {
    case 'level':
    case 'bands':
      return about === 'sound' ? 1 : about === 'stereo' ? 0.2 : 0
    case 'stereo':
      return about === 'stereo' ? 1 : about === 'sound' ? 0.3 : 0
    default:
      return about === 'length' ? 1 : isMove ? 0.5 : 0
  }
}

/** Part of the difference during which the change sounds, and part of its own time that differs. */
function timeFit({ spans, side }: Foreseen, range: ChangeRange): number {
  const place =
    side === 'newer'
      ? range
      : { startSeconds: range.earlierStartSeconds, endSeconds: range.earlierEndSeconds }
  const length = place.endSeconds - place.startSeconds
  if (spans === null) return range.isThroughout ? 1 : 0.4
  if (length <= 0) return spans.some((span) => overlapOf(span, place) >= 0) ? 1 : 0.1
  const covered = spans.reduce((sum, span) => sum + Math.max(0, overlapOf(span, place)), 0)
  const own = spans.reduce((sum, span) => sum + span.endSeconds - span.startSeconds, 0)
  return Math.min(1, covered / length) * (0.6 + 0.4 * Math.min(1, covered / Math.max(1e-6, own)))
}

const overlapOf = (one: Span, other: Span) =>
  Math.min(one.endSeconds, other.endSeconds) - Math.max(one.startSeconds, other.startSeconds)

/** Indexes of the bands that a difference is in; all for one of level. */
function bandsOf({ bands }: ChangeRange): number[] {
  return [...BANDS.keys()].filter((band) => bands.length === 0 || bands.includes(BANDS[band]?.name ?? ''))
}

function shareFit({ shares, turnedDb }: Foreseen, range: ChangeRange): number {
  const bands = bandsOf(range)
  const part = (band: number) => (turnedDb !== null && turnedDb[band] === 0 ? 0.05 : 1)
  const sum = bands.reduce((all, band) => all + part(band) * Math.sqrt(shares?.[band] ?? UNKNOWN_SHARE), 0)
  return sum / Math.max(1, bands.length)
}

function signFit({ sign, about }: Foreseen, range: ChangeRange): number {
  const isLength = range.kind !== 'level' && range.kind !== 'bands' && range.kind !== 'stereo'
  if (isLength) return 1
  // A sound that comes or goes may widen or narrow the whole.
  if (sign === 0 || (range.kind === 'stereo' && about !== 'stereo')) return 0.5
  // Beyond the level of the whole, what others lose looks like a gain.
  return Math.sign(range.change) === sign ? 1 : range.kind === 'bands' ? 0.15 : 0.05
}

/** How near what arithmetic foresees comes to what was measured; little is left where it foresees nothing to be heard. */
function sizeFit(expectedDb: number | null, measured: number): number {
  if (expectedDb === null) return 1
  if (Math.abs(expectedDb) < SMALLEST_DB) return 0.1
  const ratio = Math.abs(expectedDb) / Math.max(SMALLEST_DB, Math.abs(measured))
  return 0.3 + 0.7 * Math.min(ratio, 1 / ratio)
}

/** Change of the sum when one of its parts was turned; seen from now: the part has its present share. */
function expectedOf({ shares, turnedDb }: Foreseen, range: ChangeRange): number | null {
  if (shares === null || turnedDb === null) return null
  const each = bandsOf(range).map((band) => {
    const share = shares[band] ?? 0
    return -10 * Math.log10(Math.max(1e-6, 1 - share + share * 10 ** (-(turnedDb[band] ?? 0) / 10)))
  })
  return each.reduce((sum, value) => sum + value, 0) / Math.max(1, each.length)
}
