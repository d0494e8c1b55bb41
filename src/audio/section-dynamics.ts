import type { Dynamics, Loudness, Section } from './contract.ts'
import { crestOf } from './crest-curves.ts'
import { roundTo } from './decibels.ts'
import { HOPS_PER_SECOND } from './hop-grid.ts'
import type { Levels } from './level-meter.ts'
import { loudnessRange, powerOfLufs } from './loudness-gates.ts'

/** A window of 3 s belongs to a section when it lies wholly inside: it ends this long after the start at least. */
const WINDOW_SECONDS = 3
/** Fewer windows than this (2 s of them) tell no range. */
const MIN_WINDOWS = 20

/**
 * How much moves inside each section: median and lowest PSR, crest and loudness range of the windows that lie wholly in it.
 * @returns one entry per section, dB and LU; null in silence and in sections of less than 3 s (5 s for the range)
 * Source: PSR as in `psrCurve`; range by EBU Tech 3342, which asks for more than a minute: a short section's is rough.
 */
export function sectionDynamics(
  sections: readonly Section[],
  levels: Levels,
  { curve }: Loudness,
  psrDb: readonly (number | null)[],
): NonNullable<Dynamics['sections']> {
  const hops = levels.hopFrames.length
  return sections.map(({ startSeconds, endSeconds }) => {
    // The value at index i is of the window that ends i + 1 steps after the start of the track.
    const first = Math.max(0, Math.ceil((startSeconds + WINDOW_SECONDS) / curve.stepSeconds) - 1)
    const end = Math.max(first, Math.floor(endSeconds / curve.stepSeconds))
    const psr = known(psrDb.slice(first, end)).sort((a, b) => a - b)
    const loud = known(curve.shortTermLufs.slice(first, end))
    const range =
      loud.length < MIN_WINDOWS ? null : loudnessRange(Float64Array.from(loud, (lufs) => powerOfLufs(lufs)))
    return {
      startSeconds,
      endSeconds,
      psrDb: psr[psr.length >> 1] ?? null,
      psrMinDb: psr[0] ?? null,
      crestDb: crestOf(levels, hopAt(startSeconds), Math.min(hops, hopAt(endSeconds))),
      rangeLu: range === null ? null : roundTo(range, 1),
    }
  })
}

const known = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null)
const hopAt = (seconds: number): number => Math.round(seconds * HOPS_PER_SECOND)
