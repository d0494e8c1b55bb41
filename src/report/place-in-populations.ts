import { rounded } from '../audio/decibels.ts'
import freeGameMusic from './free-game-music.json' with { type: 'json' }
import { percentileIn, percentileInNormal } from './population.ts'
import type { Population } from './population-contract.ts'
import { populationValues } from './population-measures.ts'
import type { Comparable } from './track-profile.ts'

/** Digits in which the population's values are kept. */
const KEPT_DIGITS = 2
/** Given as −8.3 ± 1; that the 1 is a standard deviation, and the distribution normal, is our reading. */
const CHARTING = { path: 'loudness.integratedLufs', mean: -8.3, deviation: 1 }

/** Where the main numbers of a track stand in every population we have; only the first one was measured here. */
export function placeInPopulations(audio: Comparable): Population[] {
  const values = populationValues(audio)
  return [amongFreeGameMusic(values), amongCharting(values.get(CHARTING.path) ?? null)]
}

function amongFreeGameMusic(values: ReadonlyMap<string, number | null>): Population {
  const { n, name, source, measuredAt, engineVersion } = freeGameMusic
  const standings = Object.entries(freeGameMusic.values).map(([path, sorted]) => ({
    path,
    percentile: percentileIn(sorted, rounded(values.get(path) ?? null, KEPT_DIGITS)),
    n: sorted.length,
  }))
  return { name, basis: 'measured', n, source, measuredAt, engineVersion, standings }
}

function amongCharting(integratedLufs: number | null): Population {
  const percentile = percentileInNormal(CHARTING.mean, CHARTING.deviation, integratedLufs)
  return {
    name: 'charting electronic tracks',
    basis: 'assumed normal',
    n: null,
    source:
      'Quoted as −8.3 ± 1 LUFS without a number of tracks; read as mean and standard deviation of a normal distribution.',
    measuredAt: null,
    engineVersion: null,
    standings: [{ path: CHARTING.path, percentile, n: null }],
  }
}
