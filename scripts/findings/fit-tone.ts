import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { THIRD_OCTAVES } from '../../src/audio/third-octaves.ts'
import { aroundMean, toneBands, toneVector } from '../../src/findings/tone/estimate-tone.ts'
import { FAULT_SHAPES, shapeGainDb } from '../../src/findings/tone/fault-shapes.ts'
import { toneSpectrum } from '../../src/findings/tone/full-sections.ts'
import { TONE_MODEL, type ToneFaultId } from '../../src/findings/tone/tone-weights.ts'
import { isTuning, measureExcerpts, readExcerpts } from './excerpts.ts'
import { dot, logistic, robustCovariance, solve } from './linear.ts'
import { listMasters, mastersIn, packOf } from './masters.ts'
import { oddsOf, quantile, shareReaching } from './odds.ts'
import { trackWeights } from './track-weights.ts'

/**
 * Fits the tone model and writes src/findings/tone/tone-weights.ts: node scripts/findings/fit-tone.ts [FOLDER…]
 * Tracks: the masters of the data folder, and every sound file in the folders named (music of Debian packages such as
 * wesnoth-1.16-music, naev-data, warzone2100-music, in files named PACKAGE-TRACK; generated tracks of several seeds).
 * Held-out tracks are not looked at. Each track counts once, generated and recorded music as much as each other. Faults are
 * put on by adding the gain of the equaliser to the third octaves, which is what it does to them. Prints recall and false
 * alarms, cross-validated by package.
 */
const SHRINK = 0.1
const RIDGE = 3
const FOLDS = 6
const FARTHEST = 4
/** Sizes that faults are learned at, in dB. */
const SIZES = {
  mud: [3.5, 6, 9],
  harsh: [3.5, 6, 9],
  boomy: [5.5, 8, 11],
  dull: [7.5, 12, 17],
  sibilant: [7, 10, 13],
  'thin-low-end': [5.5, 9, 13],
  boxy: [4, 6, 9],
} as const satisfies Record<ToneFaultId, readonly number[]>
const FAULTS = [
  'mud',
  'harsh',
  'boomy',
  'dull',
  'sibilant',
  'thin-low-end',
  'boxy',
] as const satisfies ToneFaultId[]
/**
 * Share of clean tuning tracks that a fault is called on at all: music of other people varies half as much again where
 * lows and highs are concerned, and 15 % is what a rule may fire on. Boxiness is never planted: rarer.
 */
const CLEAN_SHARE = {
  mud: 0.13,
  harsh: 0.12,
  boomy: 0.085,
  dull: 0.1,
  sibilant: 0.07,
  'thin-low-end': 0.085,
  boxy: 0.03,
} as const satisfies Record<ToneFaultId, number>
/** And at moderate. */
const MODERATE_SHARE = { usual: 0.008, sibilant: 0.015, boxy: 0.004 }
/** A fault is called moderate only if this part of the largest planted ones stands out from nearly all clean tracks. */
const TELLS_SHARE = 0.25
/** Scores (natural logarithms of odds) from moderate to severe. */
const ABOVE_MODERATE = 2.5
interface Sample {
  track: string
  vector: number[]
}

/** The fault at a size, as the model sees it. */
function shapeOf(id: ToneFaultId, gainDb: number): number[] {
  const shape = FAULT_SHAPES[id]
  const gains = THIRD_OCTAVES.map(({ fromHz, toHz }) =>
    shapeGainDb(shape, shape.sign * gainDb, Math.sqrt(fromHz * toHz)),
  )
  const part = (fromHz: number) => aroundMean(toneBands(fromHz).map((i) => gains[i] ?? 0))
  const overTime = part(TONE_MODEL.overTimeFromHz)
  return [...part(TONE_MODEL.fromHz), ...overTime, ...overTime, ...overTime]
}

const plant = (vector: number[], id: ToneFaultId, gainDb: number) => {
  const shape = shapeOf(id, gainDb)
  return vector.map((level, i) => level + (shape[i] ?? 0))
}

function fitModel(samples: Sample[]) {
  const weights = trackWeights(samples.map(({ track }) => track))
  const { mean, covariance } = robustCovariance(
    samples.map(({ vector }) => vector),
    weights,
    SHRINK,
  )
  const filters = FAULTS.map((id) => {
    const size = SIZES[id][0]
    const shape = shapeOf(id, size).map((gain) => gain / size)
    const raw = solve(covariance, shape)
    const scale = dot(raw, shape)
    return raw.map((value) => value / scale)
  })
  const gainsOf = (vector: number[]) => {
    const x = vector.map((value, i) => value - (mean[i] ?? 0))
    return filters.map((filter) => dot(filter, x))
  }
  const clean = samples.map(({ vector }) => gainsOf(vector))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const averaged = (value: (gains: number[]) => number) =>
    clean.reduce((sum, gains, k) => sum + (weights[k] ?? 0) * value(gains), 0) / all
  const means = FAULTS.map((_, i) => averaged((gains) => gains[i] ?? 0))
  const deviations = FAULTS.map((_, i) =>
    Math.sqrt(averaged((gains) => ((gains[i] ?? 0) - (means[i] ?? 0)) ** 2)),
  )
  const inputsOf = (gains: number[]) =>
    gains.map((gain, i) =>
      Math.max(-FARTHEST, Math.min(FARTHEST, (gain - (means[i] ?? 0)) / (deviations[i] ?? 1))),
    )
  const models = FAULTS.map((id) => {
    const inputs = clean.map(inputsOf)
    const truths = clean.map(() => false)
    const counted = weights.map((weight) => 2 * weight)
    for (const size of SIZES[id]) {
      for (const [k, { vector }] of samples.entries()) {
        inputs.push(inputsOf(gainsOf(plant(vector, id, size))))
        truths.push(true)
        counted.push((weights[k] ?? 0) * (2 / 3))
      }
    }
    return logistic(inputs, truths, counted, RIDGE)
  })
  const scores = (vector: number[]) => {
    const inputs = [...inputsOf(gainsOf(vector)), 1]
    return models.map((model) => dot(model, inputs))
  }
  return { mean, filters, means, deviations, models, scores }
}

function crossValidate(samples: Sample[]) {
  const packs = [...new Set(samples.map(({ track }) => packOf(track)))].sort()
  const clean: number[][] = []
  /** Per excerpt, planted fault and size: the scores of all faults. */
  const planted: number[][][][] = []
  for (let k = 0; k < FOLDS; k++) {
    const model = fitModel(samples.filter(({ track }) => packs.indexOf(packOf(track)) % FOLDS !== k))
    for (const [s, { track, vector }] of samples.entries()) {
      if (packs.indexOf(packOf(track)) % FOLDS !== k) continue
      clean[s] = model.scores(vector)
      planted[s] = FAULTS.map((id) => SIZES[id].map((size) => model.scores(plant(vector, id, size))))
    }
  }
  return { clean, planted }
}

const folders = process.argv.slice(2)
await measureExcerpts([...listMasters(), ...folders.flatMap(mastersIn)])
const samples = readExcerpts()
  .filter(isTuning)
  .flatMap(({ track, measures }): Sample[] => {
    const vector = toneVector(toneSpectrum(measures))
    return vector === null ? [] : [{ track, vector }]
  })
const model = fitModel(samples)
const validated = crossValidate(samples)
const weights = trackWeights(samples.map(({ track }) => track))
const share = (scores: number[], limit: number) => shareReaching(scores, weights, limit)
const trackCount = new Set(samples.map(({ track }) => track)).size
console.log(`${trackCount} tracks, ${samples.length} excerpts`)

const faults = FAULTS.map((id, i) => {
  const scores = validated.clean.map((values) => values[i] ?? 0)
  const minor = quantile(scores, weights, CLEAN_SHARE[id])
  const rare = id === 'boxy' || id === 'sibilant' ? MODERATE_SHARE[id] : MODERATE_SHARE.usual
  const moderate = quantile(scores, weights, rare)
  const planted = SIZES[id].map((_, j) => validated.planted.map((values) => values[i]?.[j]?.[i] ?? 0))
  const largest = validated.planted.map((values) => values[i]?.at(-1)?.[i] ?? 0)
  const tells = share(largest, moderate) >= TELLS_SHARE
  const recalls = SIZES[id].map((size, j) => {
    const reached = planted[j] ?? []
    return `${size} dB ${(100 * share(reached, minor)).toFixed(0)} % (moderate ${(100 * share(reached, moderate)).toFixed(0)} %)`
  })
  console.log(
    `${id.padEnd(14)} doubt ±${(model.deviations[i] ?? 0).toFixed(1)} dB · found at ${recalls.join(', ')}`,
  )
  const limits = {
    minor,
    moderate: tells ? moderate : null,
    severe: tells ? moderate + ABOVE_MODERATE : null,
  }
  return { id, i, ...limits, odds: oddsOf({ weights, clean: scores, planted }, minor) }
})

const round = (values: number[], digits: number) =>
  `[${values.map((value) => Number(value.toFixed(digits))).join(', ')}]`
const text = `// Written by scripts/findings/fit-tone.ts from ${trackCount} tracks; do not edit by hand.
export type ToneFaultId = ${FAULTS.map((id) => `'${id}'`).join(' | ')}

/** Filters matched to each fault (dB of fault per dB of spectrum), and the logistic model over their answers. */
export const TONE_MODEL: {
  /** Tracks that it was fitted to. */
  tracks: number
  fromHz: number
  overTimeFromHz: number
  toHz: number
  depthDb: number
  mean: readonly number[]
  inputs: readonly { id: ToneFaultId; mean: number; deviation: number }[]
  faults: Record<
    ToneFaultId,
    {
      filter: readonly number[]
      weights: readonly number[]
      bias: number
      deviation: number
      minor: number
      moderate: number | null
      severe: number | null
      odds: { bias: number; slope: number }
    }
  >
} = {
  tracks: ${trackCount},
  fromHz: ${TONE_MODEL.fromHz},
  overTimeFromHz: ${TONE_MODEL.overTimeFromHz},
  toHz: ${TONE_MODEL.toHz},
  depthDb: ${TONE_MODEL.depthDb},
  mean: ${round(model.mean, 2)},
  inputs: [
${FAULTS.map((id, i) => `    { id: '${id}', mean: ${(model.means[i] ?? 0).toFixed(3)}, deviation: ${(model.deviations[i] ?? 0).toFixed(3)} },`).join('\n')}
  ],
  faults: {
${faults
  .map(({ id, i, minor, moderate, severe, odds }) => {
    const fitted = model.models[i] ?? []
    return `    '${id}': {
      filter: ${round(model.filters[i] ?? [], 4)},
      weights: ${round(fitted.slice(0, -1), 4)},
      bias: ${(fitted.at(-1) ?? 0).toFixed(4)},
      deviation: ${(model.deviations[i] ?? 0).toFixed(2)},
      minor: ${minor.toFixed(3)},
      moderate: ${moderate?.toFixed(3) ?? null},
      severe: ${severe?.toFixed(3) ?? null},
      odds: { bias: ${odds.bias.toFixed(3)}, slope: ${odds.slope.toFixed(3)} },
    },`
  })
  .join('\n')}
  },
}
`
writeFileSync(fileURLToPath(new URL('../../src/findings/tone/tone-weights.ts', import.meta.url)), text)
