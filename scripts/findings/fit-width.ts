import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inputsOf, widthInputs } from '../../src/findings/width/width-score.ts'
import { type Excerpt, isTuning, readExcerpts } from './excerpts.ts'
import { dot, logistic } from './linear.ts'
import { packOf } from './masters.ts'
import { oddsOf, quantile, shareReaching } from './odds.ts'
import { trackWeights } from './track-weights.ts'

/**
 * Fits how "too wide" is told from wide music, and writes src/findings/width/width-weights.ts, from the excerpts that
 * fit-tone.ts measured (tuning tracks only): node scripts/findings/fit-width.ts
 * Raising the side adds to the width of every band, so it is planted into the numbers. Prints recall, cross-validated by
 * whole packages.
 */
const SIZES_DB = [5, 7, 12]
const RIDGE = 1
const FOLDS = 8
/** Share of clean tuning tracks that are called too wide. */
const CLEAN_SHARE = 0.1

interface Sample {
  pack: string
  whole: number
  bands: number[]
}

function sampleOf({ track, measures: { stereo } }: Excerpt): Sample[] {
  const whole = stereo.widthDb ?? null
  if (widthInputs({ stereo }) === null || whole === null) return []
  return [{ pack: packOf(track), whole, bands: (stereo.bands ?? []).map(({ widthDb }) => widthDb ?? whole) }]
}

const raised = ({ whole, bands }: Sample, db: number) =>
  inputsOf(
    whole + db,
    bands.map((band) => band + db),
  )

function scorerOf(samples: Sample[], weights: number[]): (inputs: number[]) => number {
  const coefficients = coefficientsOf(samples, weights)
  return (inputs) => dot(coefficients, [...inputs, 1])
}

/** On inputs brought to like spread, so that the ridge weighs them alike; given back for inputs as they are. */
function coefficientsOf(samples: Sample[], weights: number[]): number[] {
  const clean = samples.map((sample) => raised(sample, 0))
  const size = clean[0]?.length ?? 0
  const means = Array.from(
    { length: size },
    (_, i) => clean.reduce((sum, x) => sum + (x[i] ?? 0), 0) / clean.length,
  )
  const spreads = means.map((mean, i) =>
    Math.sqrt(clean.reduce((sum, x) => sum + ((x[i] ?? 0) - mean) ** 2, 0) / clean.length + 0.1),
  )
  const alike = (x: number[]) => x.map((value, i) => (value - (means[i] ?? 0)) / (spreads[i] ?? 1))
  const inputs = clean.map(alike)
  const truths = clean.map(() => false)
  const counted = weights.map((weight) => 2 * weight)
  for (const size of SIZES_DB)
    for (const [k, sample] of samples.entries()) {
      inputs.push(alike(raised(sample, size)))
      truths.push(true)
      counted.push(((weights[k] ?? 0) * 2) / SIZES_DB.length)
    }
  const fitted = logistic(inputs, truths, counted, RIDGE)
  const slopes = fitted.slice(0, -1).map((value, i) => value / (spreads[i] ?? 1))
  return [...slopes, (fitted.at(-1) ?? 0) - dot(slopes, means)]
}

const excerpts = readExcerpts().filter(isTuning)
const pairs = excerpts.flatMap((excerpt) => sampleOf(excerpt).map((sample) => ({ excerpt, sample })))
const samples = pairs.map(({ sample }) => sample)
const tracks = pairs.map(({ excerpt }) => excerpt.track)
const weights = trackWeights(tracks)
const packs = [...new Set(samples.map(({ pack }) => pack))].sort()
const clean: number[] = []
const planted = SIZES_DB.map((): number[] => [])
for (let fold = 0; fold < FOLDS; fold++) {
  const inside = [...samples.keys()].filter((k) => packs.indexOf(samples[k]?.pack ?? '') % FOLDS === fold)
  const outside = [...samples.keys()].filter((k) => !inside.includes(k))
  const score = scorerOf(
    outside.flatMap((k) => samples[k] ?? []),
    outside.map((k) => weights[k] ?? 0),
  )
  for (const k of inside) {
    const sample = samples[k]
    if (!sample) continue
    clean[k] = score(raised(sample, 0))
    for (const [j, size] of SIZES_DB.entries()) (planted[j] ?? [])[k] = score(raised(sample, size))
  }
}
const called = quantile(clean, weights, CLEAN_SHARE)
for (const [j, size] of SIZES_DB.entries())
  console.log(
    `side +${size} dB: found ${(100 * shareReaching(planted[j] ?? [], weights, called)).toFixed(0)} %`,
  )
const coefficients = coefficientsOf(samples, weights)
const odds = oddsOf({ weights, clean, planted }, called)
const text = `// Written by scripts/findings/fit-width.ts from ${new Set(tracks).size} tracks; do not edit by hand.

/** A logistic model of the inputs of width-score.ts: was the side raised? */
export const WIDTH_MODEL: {
  /** Tracks that it was fitted to. */
  tracks: number
  weights: readonly number[]
  bias: number
  /** The score from which on a track is called too wide. */
  called: number
  /** Logarithm of the odds that such a finding is true: bias + slope × score. */
  odds: { bias: number; slope: number }
} = {
  tracks: ${new Set(tracks).size},
  weights: [${coefficients
    .slice(0, -1)
    .map((value) => Number(value.toFixed(4)))
    .join(', ')}],
  bias: ${(coefficients.at(-1) ?? 0).toFixed(4)},
  called: ${called.toFixed(3)},
  odds: { bias: ${odds.bias.toFixed(3)}, slope: ${odds.slope.toFixed(3)} },
}
`
writeFileSync(fileURLToPath(new URL('../../src/findings/width/width-weights.ts', import.meta.url)), text)
