import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { THIRD_OCTAVES } from '../../src/audio/third-octaves.ts'
import { aroundMean, toneBands, toneVector } from '../../src/findings/tone/estimate-tone.ts'
import { FAULT_SHAPES, shapeGainDb } from '../../src/findings/tone/fault-shapes.ts'
import { toneSpectrum } from '../../src/findings/tone/full-sections.ts'
import { TONE_MODEL, type ToneFaultId } from '../../src/findings/tone/tone-weights.ts'
import { type Excerpt, measureExcerpts, readExcerpts } from './excerpts.ts'
import { dot, logistic, robustCovariance, solve } from './linear.ts'
import { listMasters, mastersIn } from './masters.ts'

/**
 * Fits the tone model and writes src/findings/tone/tone-weights.ts: node scripts/findings/fit-tone.ts [FOLDER…]
 * Tracks: the masters of the data folder, and every sound file in the folders named (music of Debian packages such as
 * wesnoth-1.16-music, naev-data, warzone2100-music, in files named PACKAGE-TRACK; generated tracks of several seeds).
 * Held-out tracks are not looked at. Each track counts once, generated and recorded music as much as each other. Faults are
 * put on by adding the gain of the equaliser to the third octaves, which is what it does to them. Prints recall and false
 * alarms, cross-validated by track.
 */
const SHRINK = 0.03
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
/** Share of clean tuning tracks that a fault is called on at all. Boxiness is never planted: rarer. */
const CLEAN_SHARE = {
  mud: 0.12,
  harsh: 0.12,
  boomy: 0.16,
  dull: 0.16,
  sibilant: 0.09,
  'thin-low-end': 0.15,
  boxy: 0.03,
} as const satisfies Record<ToneFaultId, number>
/** And at moderate. */
const MODERATE_SHARE = { usual: 0.008, sibilant: 0.015, boxy: 0.004 }
/** A fault is called moderate only if this part of the largest planted ones stands out from nearly all clean tracks. */
const TELLS_SHARE = 0.25
/** Scores (natural logarithms of odds) from moderate to severe. */
const ABOVE_MODERATE = 2.5
/** One in this many tracks of the bench has the fault: two sizes of 27 defects at one to three sizes, and four without. */
const PLANTED_SHARE = 2 / 52

interface Sample {
  track: string
  vector: number[]
}

/** Only music at a usual level is learned from: what masters are. */
function isMaster({ measures: { loudness } }: Excerpt): boolean {
  return (loudness.integratedLufs ?? -70) >= -22
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

/** Each track counts once; generated ones together as much as recorded ones together. */
function weightsOf(samples: Sample[]): number[] {
  const isGenerated = (track: string) => track.startsWith('synth-')
  const counts = new Map<string, number>()
  for (const { track } of samples) counts.set(track, (counts.get(track) ?? 0) + 1)
  const tracks = [...counts.keys()]
  const generated = tracks.filter(isGenerated).length
  const factor = generated === 0 ? 1 : (tracks.length - generated) / generated
  return samples.map(({ track }) => (isGenerated(track) ? factor : 1) / (counts.get(track) ?? 1))
}

function fitModel(samples: Sample[]) {
  const weights = weightsOf(samples)
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

/** The score that a share of the clean tracks reaches. */
function quantile(scores: number[], weights: number[], share: number): number {
  const order = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let sum = 0
  for (const k of order) {
    sum += weights[k] ?? 0
    if (sum >= share * all) return scores[k] ?? 0
  }
  return Number.NEGATIVE_INFINITY
}

function crossValidate(samples: Sample[]) {
  const tracks = [...new Set(samples.map(({ track }) => track))]
  const fold = new Map(tracks.map((track, i) => [track, i % FOLDS]))
  const clean: number[][] = []
  /** Per excerpt, planted fault and size: the scores of all faults. */
  const planted: number[][][][] = []
  for (let k = 0; k < FOLDS; k++) {
    const model = fitModel(samples.filter(({ track }) => fold.get(track) !== k))
    for (const [s, { track, vector }] of samples.entries()) {
      if (fold.get(track) !== k) continue
      clean[s] = model.scores(vector)
      planted[s] = FAULTS.map((id) => SIZES[id].map((size) => model.scores(plant(vector, id, size))))
    }
  }
  return { clean, planted }
}

const folders = process.argv.slice(2)
await measureExcerpts([...listMasters(), ...folders.flatMap(mastersIn)])
const samples = readExcerpts()
  .filter((excerpt) => !excerpt.heldOut && isMaster(excerpt))
  .flatMap(({ track, measures }): Sample[] => {
    const vector = toneVector(toneSpectrum(measures))
    return vector === null ? [] : [{ track, vector }]
  })
const model = fitModel(samples)
const validated = crossValidate(samples)
const weights = weightsOf(samples)
const all = weights.reduce((sum, weight) => sum + weight, 0)
const share = (scores: number[], limit: number) =>
  scores.reduce((sum, score, k) => sum + (score >= limit ? (weights[k] ?? 0) : 0), 0) / all
const trackCount = new Set(samples.map(({ track }) => track)).size
console.log(`${trackCount} tracks, ${samples.length} excerpts`)

/** Odds that a called fault was planted, by its score: among clean tracks and all planted ones as the bench mixes them. */
function oddsOf(i: number, minor: number): { bias: number; slope: number } {
  const inputs: number[][] = []
  const truths: boolean[] = []
  const counted: number[] = []
  const add = (score: number, truth: boolean, weight: number) => {
    if (score < minor) return
    inputs.push([score])
    truths.push(truth)
    counted.push(weight)
  }
  for (const [k, scores] of validated.clean.entries()) {
    const weight = weights[k] ?? 0
    add(scores[i] ?? 0, false, weight * (1 - FAULTS.length * PLANTED_SHARE))
    for (const [fault, sizes] of (validated.planted[k] ?? []).entries())
      for (const all of sizes) add(all[i] ?? 0, fault === i, (weight * PLANTED_SHARE) / sizes.length)
  }
  const [slope = 0, bias = 0] = logistic(inputs, truths, counted, 0.01)
  return { bias, slope }
}

const faults = FAULTS.map((id, i) => {
  const scores = validated.clean.map((values) => values[i] ?? 0)
  const minor = quantile(scores, weights, CLEAN_SHARE[id])
  const rare = id === 'boxy' || id === 'sibilant' ? MODERATE_SHARE[id] : MODERATE_SHARE.usual
  const moderate = quantile(scores, weights, rare)
  const largest = validated.planted.map((values) => values[i]?.at(-1)?.[i] ?? 0)
  const tells = share(largest, moderate) >= TELLS_SHARE
  const recalls = SIZES[id].map((size, j) => {
    const reached = validated.planted.map((values) => values[i]?.[j]?.[i] ?? 0)
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
  return { id, i, ...limits, odds: oddsOf(i, minor) }
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
