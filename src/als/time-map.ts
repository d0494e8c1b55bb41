import type { LiveSet, TimePoint } from './contract.ts'
import { secondsOfBeats } from './tempo-map.ts'

const STEP_BEATS = 1 / 4 // Live holds the tempo for a sixteenth note
const LONGEST_BEATS = 200_000 // as far as the tempo is followed
const BEHIND_THE_END_BEATS = 64 // locators and loops stand behind the last clip
const FINEST_SECONDS = 0.001
const MOST_POINTS = 4000

type Timed = Pick<
  LiveSet,
  'tempoAtStartBpm' | 'tempoChanges' | 'arrangementLengthBeats' | 'locators' | 'loop'
>

/** The last place of a set that a reader may ask for. */
function lastBeat(set: Timed): number {
  const loopEnd = (set.loop?.startBeat ?? 0) + (set.loop?.lengthBeats ?? 0)
  const end = Math.max(set.arrangementLengthBeats, loopEnd, set.locators.at(-1)?.beat ?? 0)
  return Math.min(end + BEHIND_THE_END_BEATS, LONGEST_BEATS)
}

/**
 * Set time to seconds, as points with straight lines between them; the last line goes on behind the last point.
 * @returns at most 4,000 points, within 1 ms of how Live plays the tempo automation (coarser only for sets whose
 *   automation needs more points than that: `withinSeconds` says how far); empty without a tempo
 */
export function timeMapOf(set: Timed): { points: TimePoint[]; withinSeconds: number } {
  const steps = stepsOf(set)
  let withinSeconds = FINEST_SECONDS
  let points = thinned(steps, withinSeconds)
  while (points.length > MOST_POINTS) {
    withinSeconds *= 4
    points = thinned(steps, withinSeconds)
  }
  return { points, withinSeconds }
}

/** Every place where the speed can change, in order. */
function stepsOf(set: Timed): TimePoint[] {
  const end = lastBeat(set)
  const lastChange = Math.min(set.tempoChanges.at(-1)?.beat ?? 0, end)
  const beats: number[] = []
  for (let beat = 0; beat < lastChange + STEP_BEATS; beat += STEP_BEATS) beats.push(beat)
  if (beats.at(-1) !== end) beats.push(Math.max(end, (beats.at(-1) ?? 0) + 1))
  const seconds = secondsOfBeats(set, beats)
  return beats.flatMap((beat, index) => {
    const at = seconds[index]
    return at === null || at === undefined ? [] : [{ beat, seconds: at }]
  })
}

/** Leaves out the points that lie within `slackSeconds` of the line between those kept; always from one step to another. */
function thinned(steps: readonly TimePoint[], slackSeconds: number): TimePoint[] {
  const [first] = steps
  if (first === undefined) return []
  const kept = [first]
  let from = first
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  let last = first
  for (const step of steps.slice(1)) {
    const beats = step.beat - from.beat
    const slope = (step.seconds - from.seconds) / beats
    if (slope < least || slope > most) {
      kept.push(last)
      from = last
      ;[least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    }
    const reach = step.beat - from.beat
    least = Math.max(least, (step.seconds - from.seconds - slackSeconds) / reach)
    most = Math.min(most, (step.seconds - from.seconds + slackSeconds) / reach)
    last = step
  }
  if (last !== first) kept.push(last)
  return kept
}
