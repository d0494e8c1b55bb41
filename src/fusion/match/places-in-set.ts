import { componentsOf } from '../activity.ts'
import type { Fused } from '../fuse.ts'
import { columnsAt } from '../observed.ts'
import { divergence } from '../unmix.ts'

/** Stretches of the file that are looked up one by one, in bars. */
const WINDOW_BARS = 4
const BAR_BEATS = 4

export interface WindowFit {
  startSeconds: number
  endSeconds: number
  /** Misfit where the stretch lies by the offset, and at the place of the set that fits it best, nats per value. */
  here: number
  best: number
  bestBeat: number
  /** Seconds by which the stretch would fit better within a beat either way: a wrong tempo drifts. */
  slipSeconds: number
}

/** Whether each stretch of the file lies where the set has it, or would fit better elsewhere. */
export function windowFits(fused: Fused): WindowFit[] {
  const { observed, clock, offset } = fused
  const bands = observed.bandsHz.length
  const { stepSeconds } = observed
  const model = wholeModel(fused)
  const firstBeat = clock.beatOf(Math.max(0, offset.seconds))
  const windowSeconds = clock.secondsOf(firstBeat + WINDOW_BARS * BAR_BEATS) - clock.secondsOf(firstBeat)
  const length = Math.max(8, Math.round(windowSeconds / stepSeconds))
  const bar = Math.max(1, windowSeconds / WINDOW_BARS / stepSeconds)
  const lag = Math.round(offset.seconds / stepSeconds)
  const fits: WindowFit[] = []
  for (let from = 0; from + length <= observed.columns; from += length) {
    const misfitAt = (to: number) => divergence(observed, model, from * bands, to * bands, length * bands)
    const home = from + lag
    const last = model.length / bands - length
    if (home < 0 || home > last) continue
    const bars = Array.from(
      { length: Math.floor(last / bar) + 1 },
      (_, i) => home + Math.round((i - Math.floor(home / bar)) * bar),
    )
    const near = Array.from(
      { length: 2 * Math.ceil(bar / BAR_BEATS) + 1 },
      (_, i) => home + i - Math.ceil(bar / BAR_BEATS),
    )
    const elsewhere = best(
      [home, ...bars].filter((to) => to >= 0 && to <= last),
      misfitAt,
    )
    const slipped = best(
      [home, ...near].filter((to) => to >= 0 && to <= last),
      misfitAt,
    )
    fits.push({
      startSeconds: from * stepSeconds,
      endSeconds: (from + length) * stepSeconds,
      here: misfitAt(home),
      best: elsewhere.misfit,
      bestBeat: clock.beatOf(elsewhere.place * stepSeconds),
      slipSeconds: (slipped.place - home) * stepSeconds,
    })
  }
  return fits
}

function best(
  places: readonly number[],
  misfitAt: (place: number) => number,
): { place: number; misfit: number } {
  return places
    .map((place) => ({ place, misfit: misfitAt(place) }))
    .reduce((a, b) => (b.misfit < a.misfit ? b : a))
}

/** The whole set as it would sound with the gains that were found. */
function wholeModel({ observed, clock, offset, tracks, unmixed }: Fused): Float64Array {
  const bands = observed.bandsHz.length
  const lag = Math.round(offset.seconds / observed.stepSeconds)
  const count = Math.max(Math.ceil(clock.lengthSeconds / observed.stepSeconds), lag + observed.columns)
  const start = offset.seconds - lag * observed.stepSeconds
  const columns = { ...columnsAt(observed, start), count }
  const model = new Float64Array(count * bands)
  for (let at = 0; at < model.length; at++) model[at] = unmixed.rest[at % bands] ?? 0
  const components = componentsOf(tracks, clock, columns)
  for (const [k, { levels }] of components.entries())
    for (let at = 0; at < model.length; at++)
      model[at] = (model[at] ?? 0) + (levels[at] ?? 0) * (unmixed.gains[k * bands + (at % bands)] ?? 0)
  return model
}
