import type { Fused } from '../fuse.ts'
import { divergence } from '../unmix.ts'

const STRETCH_BEATS = 16
/** Nine of ten bands and stretches lie nearer than what is reported: single ones are off in right sets as well. */
const MOST_SHARE = 0.9
/** What lies this far below the mean of its band counts as equally silent: 30 dB. */
const QUIET = 1e-3

/** Stretches of four bars, as first values and number of values in the spectrogram. */
function stretchesOf({ observed, clock, offset }: Fused): { starts: number[]; length: number } {
  const bands = observed.bandsHz.length
  const firstBeat = clock.beatOf(Math.max(0, offset.seconds))
  const seconds = clock.secondsOf(firstBeat + STRETCH_BEATS) - clock.secondsOf(firstBeat)
  const length = Math.max(8, Math.round(seconds / observed.stepSeconds)) * bands
  const count = Math.floor(observed.powers.length / length)
  return { starts: Array.from({ length: count }, (_, i) => i * length), length }
}

/**
 * Where the set has a track play and the file would be explained better without it: looked up for each track in each
 * stretch, with the gains of the whole.
 * @returns 0 (every track is borne out wherever it plays) … 1
 */
export function contradictedShare(fused: Fused): number {
  const { observed, unmixed, tracks } = fused
  const { starts, length } = stretchesOf(fused)
  let borneOut = 0
  let contradicted = 0
  for (const track of tracks.keys()) {
    const own = powersOf(track, unmixed, observed.bandsHz.length)
    const without = unmixed.model.map((power, at) => power - (own[at] ?? 0))
    for (const from of starts) {
      if (!own.subarray(from, from + length).some((power) => power > 0)) continue
      const misfitWithout = divergence(observed, without, from, from, length)
      const gain = misfitWithout - divergence(observed, unmixed.model, from, from, length)
      if (gain > 0) borneOut += gain
      else contradicted -= gain
    }
  }
  return contradicted / Math.max(1e-9, borneOut + contradicted)
}

/**
 * How far the level of a band in a stretch is from what the set accounts for: parts that enter and rest elsewhere show
 * here, whatever they play.
 * @returns dB, the value that nine of ten bands and stretches stay below; 0 for files shorter than a stretch
 */
export function levelsOffDb(fused: Fused): number {
  const { observed, unmixed } = fused
  const bands = observed.bandsHz.length
  const { starts, length } = stretchesOf(fused)
  const off = starts.flatMap((from) =>
    Array.from({ length: bands }, (_, band) => {
      const quiet = (QUIET * (observed.means[band] ?? 0) * length) / bands + 1e-12
      const heard = sumOf(observed.powers, from + band, from + length, bands) + quiet
      return Math.abs(
        10 * Math.log10(heard / (sumOf(unmixed.model, from + band, from + length, bands) + quiet)),
      )
    }),
  )
  return off.sort((a, b) => a - b)[Math.floor(off.length * MOST_SHARE)] ?? 0
}

function sumOf(values: Float64Array, from: number, to: number, step: number): number {
  let sum = 0
  for (let at = from; at < to; at += step) sum += values[at] ?? 0
  return sum
}

function powersOf(
  track: number,
  { components, gains, model }: Fused['unmixed'],
  bands: number,
): Float64Array {
  const own = new Float64Array(model.length)
  for (const [k, component] of components.entries()) {
    if (component.track !== track) continue
    for (let at = 0; at < own.length; at++)
      own[at] = (own[at] ?? 0) + (component.levels[at] ?? 0) * (gains[k * bands + (at % bands)] ?? 0)
  }
  return own
}
