import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { familyOf } from '../../src/fusion/culprits/problem.ts'
import { type CulpritTrial, type MatchTrial, trialSchema } from './trials.ts'

/**
 * Fits the weights of both logit models on trials kept by the bench, and prints them for weights.ts and match-weights.ts.
 *   node scripts/bench-fusion.ts --from 2000 --count 340 --keep FOLDER && node scripts/fusion/fit-weights.ts FOLDER
 * Seeds of the held-out range must not be among them.
 */
type Numbers = Readonly<Record<string, number>>
type Weights = Record<string, number>

const RIDGE = 0.01
const STEPS = 1500
const RATE = 0.02

/** One choice among several: the features of each option, which one is right, and how much the case counts. */
interface Choice {
  options: readonly Numbers[]
  right: number
  weight: number
}

/** Conditional logit by Adam on the penalised likelihood. */
function fitChoices(choices: readonly Choice[]): Weights {
  const names = [
    ...new Set(choices.flatMap(({ options }) => options.flatMap((option) => Object.keys(option)))),
  ]
  const weights: Weights = Object.fromEntries(names.map((name) => [name, 0]))
  const first: Weights = { ...weights }
  const second: Weights = { ...weights }
  for (let step = 1; step <= STEPS; step++) {
    const gradient = gradientOf(choices, weights, names)
    for (const name of names) {
      const slope = gradient[name] ?? 0
      first[name] = 0.9 * (first[name] ?? 0) + 0.1 * slope
      second[name] = 0.999 * (second[name] ?? 0) + 0.001 * slope * slope
      const speed =
        (first[name] ?? 0) / (1 - 0.9 ** step) / (Math.sqrt((second[name] ?? 0) / (1 - 0.999 ** step)) + 1e-9)
      weights[name] = (weights[name] ?? 0) + RATE * speed
    }
  }
  return weights
}

function gradientOf(choices: readonly Choice[], weights: Weights, names: readonly string[]): Weights {
  const gradient: Weights = Object.fromEntries(names.map((name) => [name, -RIDGE * (weights[name] ?? 0)]))
  for (const { options, right, weight } of choices) {
    const scores = options.map((option) =>
      Object.entries(option).reduce((sum, [name, value]) => sum + value * (weights[name] ?? 0), 0),
    )
    const highest = Math.max(...scores)
    const all = scores.reduce((sum, score) => sum + Math.exp(score - highest), 0)
    for (const [i, option] of options.entries()) {
      const surprise = weight * ((i === right ? 1 : 0) - Math.exp((scores[i] ?? 0) - highest) / all)
      for (const [name, value] of Object.entries(option))
        gradient[name] = (gradient[name] ?? 0) + surprise * value
    }
  }
  return gradient
}

function culpritChoices(trials: readonly CulpritTrial[]): Choice[] {
  return trials.flatMap(({ suspects }) => {
    const right = suspects.findIndex(({ guilty }) => guilty)
    return right < 0
      ? []
      : [{ options: suspects.map(({ features }) => features), right, weight: 1 / trials.length }]
  })
}

type Spread = Readonly<Record<string, { mean: number; deviation: number }>>

function spreadOf(trials: readonly MatchTrial[]): Spread {
  const names = Object.keys(trials[0]?.features ?? {})
  return Object.fromEntries(
    names.map((name) => {
      const values = trials.map(({ features }) => features[name] ?? 0)
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
      return [name, { mean, deviation: Math.sqrt(variance) + 1e-6 }]
    }),
  )
}

/**
 * "story/feature" makes a choice among stories of one set of features; a match counts as all mismatches together.
 * Features are standardised, so that the penalty asks the same of each.
 */
function matchChoices(trials: readonly MatchTrial[], stories: readonly string[], spread: Spread): Choice[] {
  const matches = trials.filter(({ story }) => story === 'match').length
  return trials.map(({ story, features }) => ({
    options: stories.map((each) => {
      const named = Object.entries(spread).map(
        ([name, { mean, deviation }]) =>
          [`${each}/${name}`, ((features[name] ?? 0) - mean) / deviation] as const,
      )
      return Object.fromEntries([[`${each}/base`, 1], ...named])
    }),
    right: stories.indexOf(story),
    weight: 0.5 / (story === 'match' ? matches : trials.length - matches),
  }))
}

/** The weights of features as they are. */
function unstandardised(weights: Weights, stories: readonly string[], spread: Spread): Weights {
  const names = Object.entries(spread)
  const rounded = (value: number) => Math.round(100 * value) / 100
  return Object.fromEntries(
    stories.flatMap((story) => {
      const of = (name: string) => weights[`${story}/${name}`] ?? 0
      const shift = names.reduce((sum, [name, { mean, deviation }]) => sum + (of(name) * mean) / deviation, 0)
      return [
        [`${story}/base`, rounded(of('base') - shift)],
        ...names.map(([name, { deviation }]) => [`${story}/${name}`, rounded(of(name) / deviation)] as const),
      ]
    }),
  )
}

const [folder = '.'] = process.argv.slice(2)
const trials = readdirSync(folder).flatMap((file) =>
  readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => trialSchema.parse(JSON.parse(line))),
)
const culprits = trials.filter((trial) => trial.test === 'culprit')
const matches = trials.filter((trial) => trial.test === 'match')
for (const family of new Set(culprits.map(({ kind }) => familyOf(kind)))) {
  const own = culprits.filter(({ kind }) => familyOf(kind) === family)
  console.log(family, fitChoices(culpritChoices(own)))
}
const stories = [...new Set(matches.map(({ story }) => story))]
const spread = spreadOf(matches)
if (matches.length > 0)
  console.log(unstandardised(fitChoices(matchChoices(matches, stories, spread)), stories, spread))
