import { existsSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AudioMeasures } from '../../src/audio/contract.ts'
import { THIRD_OCTAVES } from '../../src/audio/third-octaves.ts'
import { FAULT_SHAPES, type FaultShape, shapeGainDb } from '../../src/findings/tone/fault-shapes.ts'
import { dot, logistic, robustCovariance, solve } from './linear.ts'
import { listMasters, mastersIn } from './masters.ts'
import { measuredFile } from './measured-file.ts'

/**
 * Fits the tone model and writes src/findings/tone/tone-weights.ts: node scripts/findings/fit-tone.ts [FOLDER…]
 * Tracks: the tuning masters of the data folder, and every sound file in the folders named (music of Debian packages such as
 * wesnoth-1.16-music, naev-data, warzone2100-music; generated tracks of tuning seeds). Each track counts once, by its whole and by
 * windows of 30 s. Faults are put on by adding the gain of the equaliser to the third octaves, which is what it does to them.
 * Prints recall and false alarms, cross-validated by track.
 */
const FROM_HZ = 31.5
const TO_HZ = 12_500
const DEPTH_DB = 75
const WINDOW_SECONDS = 30
/** Shorter files of the packages are effects and jingles. */
const SHORTEST_SECONDS = 30
const SHRINK = 0.05
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
} as const
type FaultId = keyof typeof SIZES
const FAULTS = [
  'mud',
  'harsh',
  'boomy',
  'dull',
  'sibilant',
  'thin-low-end',
  'boxy',
] as const satisfies FaultId[]
/** Share of clean tuning tracks that a fault is called on at all, and at moderate. Boxiness is never planted: rarer. */
const CLEAN_SHARE = { minor: 0.12, moderate: 0.01 }
/** A fault is called moderate only if this part of the largest planted ones stands out from nearly all clean tracks. */
const TELLS_SHARE = 0.4
/** Scores (natural logarithms of odds) from moderate to severe. */
const ABOVE_MODERATE = 2.5
const BOXY_SHARE = { minor: 0.03, moderate: 0.004 }

const kept = [...THIRD_OCTAVES.keys()].filter((i) => {
  const hz = THIRD_OCTAVES[i]?.centreHz ?? 0
  return hz >= FROM_HZ && hz <= TO_HZ
})
const centresHz = THIRD_OCTAVES.map(({ fromHz, toHz }) => Math.sqrt(fromHz * toHz))

interface Sample {
  track: string
  levels: number[]
}

function hasBeat({ rhythm, loudness }: AudioMeasures): boolean {
  return (rhythm?.confidence ?? 0) >= 0.5 && (loudness.integratedLufs ?? -70) >= -18
}

function vector(levels: number[]): number[] {
  const highest = Math.max(...levels)
  const values = kept.map((i) => Math.max(levels[i] ?? -200, highest - DEPTH_DB))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}

function samplesOf(track: string, { spectrum }: AudioMeasures): Sample[] {
  const whole = (spectrum.thirdOctaves ?? []).map(({ levelDb }) => levelDb ?? -200)
  const samples = [{ track, levels: whole }]
  const { spectrogram } = spectrum
  if (!spectrogram) return samples
  const columns = spectrogram.levelsDb
  const length = Math.round(WINDOW_SECONDS / spectrogram.stepSeconds)
  const count = Math.min(4, Math.floor(columns.length / length))
  for (let k = 0; k < count; k++) {
    const start = count > 1 ? Math.floor((k * (columns.length - length)) / (count - 1)) : 0
    const window = columns.slice(start, start + length)
    const levels = THIRD_OCTAVES.map((_, i) => {
      const power = window.reduce((sum, column) => sum + 10 ** ((column[i] ?? -120) / 10), 0) / window.length
      return 10 * Math.log10(power + 1e-13)
    })
    if (Math.max(...levels) > -60) samples.push({ track, levels })
  }
  return samples
}

const signed = (shape: FaultShape, gainDb: number) =>
  centresHz.map((hz) => shapeGainDb(shape, shape.sign * gainDb, hz))
const plant = (levels: number[], id: FaultId, gainDb: number) => {
  const gains = signed(FAULT_SHAPES[id], gainDb)
  return levels.map((level, i) => level + (gains[i] ?? 0))
}
/** The fault of 1 dB, as the model sees it. */
const unitShape = (id: FaultId) => {
  const size = SIZES[id][0]
  const gains = signed(FAULT_SHAPES[id], size).map((gain) => gain / size)
  const values = kept.map((i) => gains[i] ?? 0)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}

function fitModel(samples: Sample[]) {
  const counts = new Map<string, number>()
  for (const { track } of samples) counts.set(track, (counts.get(track) ?? 0) + 1)
  const weights = samples.map(({ track }) => 1 / (counts.get(track) ?? 1))
  const { mean, covariance } = robustCovariance(
    samples.map(({ levels }) => vector(levels)),
    weights,
    SHRINK,
  )
  const filters = FAULTS.map((id) => {
    const shape = unitShape(id)
    const raw = solve(covariance, shape)
    const scale = dot(raw, shape)
    return raw.map((value) => value / scale)
  })
  const gainsOf = (levels: number[]) => {
    const x = vector(levels).map((value, i) => value - (mean[i] ?? 0))
    return filters.map((filter) => dot(filter, x))
  }
  const clean = samples.map(({ levels }) => gainsOf(levels))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  const means = FAULTS.map(
    (_, i) => clean.reduce((sum, g, k) => sum + (weights[k] ?? 0) * (g[i] ?? 0), 0) / all,
  )
  const deviations = FAULTS.map((_, i) =>
    Math.sqrt(
      clean.reduce((sum, g, k) => sum + (weights[k] ?? 0) * ((g[i] ?? 0) - (means[i] ?? 0)) ** 2, 0) / all,
    ),
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
      for (const [k, { levels }] of samples.entries()) {
        inputs.push(inputsOf(gainsOf(plant(levels, id, size))))
        truths.push(true)
        counted.push((weights[k] ?? 0) * (2 / 3))
      }
    }
    return logistic(inputs, truths, counted, RIDGE)
  })
  const scores = (levels: number[]) => {
    const inputs = [...inputsOf(gainsOf(levels)), 1]
    return models.map((model) => dot(model, inputs))
  }
  return { mean, filters, means, deviations, models, scores, weights }
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
  const planted: number[][][] = []
  for (let k = 0; k < FOLDS; k++) {
    const model = fitModel(samples.filter(({ track }) => fold.get(track) !== k))
    for (const [s, { track, levels }] of samples.entries()) {
      if (fold.get(track) !== k) continue
      clean[s] = model.scores(levels)
      planted[s] = FAULTS.map((id, i) =>
        SIZES[id].map((size) => model.scores(plant(levels, id, size))[i] ?? 0),
      )
    }
  }
  return { clean, planted }
}

const folders = process.argv.slice(2)
const masters = [
  ...listMasters(),
  ...folders.flatMap((folder) => (existsSync(folder) ? mastersIn(folder) : [])),
]
const samples: Sample[] = []
/** Music without a sure beat and quiet music: not fitted to, only counted. */
const others: Sample[] = []
for (const { name, path, heldOut } of masters) {
  if (heldOut) continue
  try {
    const measures = await measuredFile(path)
    if (measures.source.durationSeconds < SHORTEST_SECONDS) continue
    const target = hasBeat(measures) ? samples : others
    target.push(...samplesOf(name, measures))
  } catch (error) {
    console.log(`left out: ${name} (${error instanceof Error ? error.message : String(error)})`)
  }
}
const model = fitModel(samples)
const validated = crossValidate(samples)
const all = model.weights.reduce((sum, weight) => sum + weight, 0)
const share = (scores: number[], limit: number) =>
  scores.reduce((sum, score, k) => sum + (score >= limit ? (model.weights[k] ?? 0) : 0), 0) / all
console.log(`${new Set(samples.map(({ track }) => track)).size} tracks, ${samples.length} spectra`)
const faults = FAULTS.map((id, i) => {
  const scores = validated.clean.map((values) => values[i] ?? 0)
  const shares = id === 'boxy' ? BOXY_SHARE : CLEAN_SHARE
  const minor = quantile(scores, model.weights, shares.minor)
  const moderate = quantile(scores, model.weights, shares.moderate)
  const largest = validated.planted.map((values) => values[i]?.at(-1) ?? 0)
  const tells = share(largest, moderate) >= TELLS_SHARE
  const recalls = SIZES[id].map((size, j) => {
    const reached = validated.planted.map((values) => values[i]?.[j] ?? 0)
    return `${size} dB ${(100 * share(reached, minor)).toFixed(0)} % (moderate ${(100 * share(reached, moderate)).toFixed(0)} %)`
  })
  console.log(
    `${id.padEnd(14)} doubt ±${(model.deviations[i] ?? 0).toFixed(1)} dB · found at ${recalls.join(', ')}`,
  )
  return { id, i, minor, moderate: tells ? moderate : null, severe: tells ? moderate + ABOVE_MODERATE : null }
})

const otherScores = others.map(({ levels }) => model.scores(levels))
const otherShares = faults.map(({ id, i, minor }) => {
  const above = (limit: number) => otherScores.filter((scores) => (scores[i] ?? 0) >= limit).length
  const percent = (count: number) => ((100 * count) / Math.max(1, others.length)).toFixed(0)
  return `${id} ${percent(above(minor))} %`
})
console.log(
  `called on ${others.length} spectra of music without a sure beat, or quiet: ${otherShares.join(', ')}`,
)

const round = (values: number[], digits: number) =>
  `[${values.map((value) => Number(value.toFixed(digits))).join(', ')}]`
const text = `// Written by scripts/findings/fit-tone.ts from ${new Set(samples.map(({ track }) => track)).size} tracks; do not edit by hand.
export type ToneFaultId = ${FAULTS.map((id) => `'${id}'`).join(' | ')}

/** Filters matched to each fault (dB of fault per dB of spectrum), and the logistic model over their answers. */
export const TONE_MODEL: {
  fromHz: number
  toHz: number
  depthDb: number
  mean: readonly number[]
  inputs: readonly { id: ToneFaultId; mean: number; deviation: number }[]
  faults: Record<
    ToneFaultId,
    { filter: readonly number[]; weights: readonly number[]; bias: number; deviation: number; minor: number; moderate: number | null; severe: number | null }
  >
} = {
  fromHz: ${FROM_HZ},
  toHz: ${TO_HZ},
  depthDb: ${DEPTH_DB},
  mean: ${round(model.mean, 3)},
  inputs: [
${FAULTS.map((id, i) => `    { id: '${id}', mean: ${(model.means[i] ?? 0).toFixed(3)}, deviation: ${(model.deviations[i] ?? 0).toFixed(3)} },`).join('\n')}
  ],
  faults: {
${faults
  .map(({ id, i, minor, moderate, severe }) => {
    const weights = model.models[i] ?? []
    return `    '${id}': {
      filter: ${round(model.filters[i] ?? [], 5)},
      weights: ${round(weights.slice(0, -1), 4)},
      bias: ${(weights.at(-1) ?? 0).toFixed(4)},
      deviation: ${(model.deviations[i] ?? 0).toFixed(2)},
      minor: ${minor.toFixed(3)},
      moderate: ${moderate?.toFixed(3) ?? null},
      severe: ${severe?.toFixed(3) ?? null},
    },`
  })
  .join('\n')}
  },
}
`
writeFileSync(fileURLToPath(new URL('../../src/findings/tone/tone-weights.ts', import.meta.url)), text)
