import type { Report } from '../../src/report/contract.ts'
import type { Population } from '../../src/report/population-contract.ts'
import { formatNumber } from '../ui/format.ts'

/** What it means to have the higher number; none of them is better. */
const MORE: Record<string, string> = {
  'loudness.integratedLufs': 'Louder',
  'loudness.rangeLu': 'A wider range',
  'dynamics.plrDb': 'Peaks that stand out more',
  'dynamics.psrMinDb': 'Less flat at its flattest',
  'dynamics.crestDb': 'Peaks that stand out more',
  'spectrum.tiltDbPerOctave': 'Tilted more towards the highs',
  'stereo.correlation': 'Left and right more alike',
  'stereo.widthDb': 'Wider',
}

/** What one service published of its uploads. */
const BASE_RATES: Record<string, string> = {
  'loudness.integratedLufs':
    'Of the masters among 218,109 uploads to one service, 79 % were louder than −14 LUFS, as published.',
}

/** Where the number at `path` stands among other tracks, a sentence per population; empty where nothing is known. */
export function standingWords(report: Report, path: string): string[] {
  const sentences = (report.populations ?? []).flatMap((population) => sentenceOf(population, path) ?? [])
  const baseRate = BASE_RATES[path]
  return sentences.length === 0 || baseRate === undefined ? sentences : [...sentences, baseRate]
}

export interface BandStandings {
  about: string
  source: string
  /** Like "72 % of", in the order of the bands. */
  shares: (string | null)[]
}

/** The same for the bands in one list: where a share stands among measured tracks, by its index; null where unknown. */
export function bandStandings(report: Report): BandStandings | null {
  const population = report.populations?.find(({ basis }) => basis === 'measured')
  const bands = report.spectrum?.bands ?? []
  if (population === undefined || bands.length === 0) return null
  const shares = bands.map((_, index) => {
    const path = `spectrum.bands[${index}].shareDb`
    const percentile = population.standings.find((one) => one.path === path)?.percentile ?? null
    return percentile === null ? null : shareWords(percentile)
  })
  if (shares.every((share) => share === null)) return null
  return { about: `${population.n ?? ''} ${population.name}`.trim(), source: population.source, shares }
}

function sentenceOf(population: Population, path: string): string | null {
  const standing = population.standings.find((one) => one.path === path)
  if (standing === undefined || standing.percentile === null) return null
  const more = MORE[path]
  if (more === undefined) return null
  if (population.basis === 'measured') {
    const count = standing.n === null ? '' : `${standing.n} `
    return `${more} than ${shareWords(standing.percentile)} ${count}${population.name}. ${population.source}`
  }
  return `${more} than ${assumedShareWords(standing.percentile)} ${population.name}, number not published. ${population.source}`
}

function shareWords(percentile: number): string {
  if (percentile === 0) return 'none of'
  if (percentile === 100) return 'all of'
  const whole = Math.min(Math.max(Math.round(percentile), 1), 99)
  return `${formatNumber(whole, 0)} % of`
}

/** An assumed distribution says nothing about its tails: 1 and 99 are the outermost that is told. */
function assumedShareWords(percentile: number): string {
  if (percentile <= 1) return 'hardly any of the'
  if (percentile >= 99) return 'nearly all of the'
  return `about ${formatNumber(percentile, 0)} % of`
}
