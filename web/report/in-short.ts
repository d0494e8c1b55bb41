import type { Report } from '../../src/report/contract.ts'
import type { Intent } from '../../src/uploads/contract.ts'
import { formatNumber, formatSigned } from '../ui/format.ts'
import { type Platform, sourceWords } from './platforms.ts'

/** One thing the numbers say, in words, with where the yardstick comes from. */
export interface Remark {
  path: string
  words: string
  source: string | null
}

/** Less than this is not worth a sentence. */
const AUDIBLE_DB = 0.5
const USUAL_PLATFORM = 'Spotify'

/** The platform that the track is meant for, when it is one of those known here; the most used one otherwise. */
export function platformFor(report: Report, intent: Intent): Platform | undefined {
  const platforms = report.delivery?.platforms ?? []
  const wanted = intent.destination?.toLowerCase()
  return (
    platforms.find((platform) => platform.name.toLowerCase() === wanted) ??
    platforms.find((platform) => platform.name === USUAL_PLATFORM)
  )
}

function loudnessRemark(report: Report, platform: Platform | undefined): Remark | undefined {
  if (report.loudness === null) return undefined
  const { integratedLufs } = report.loudness
  const path = 'loudness.integratedLufs'
  if (integratedLufs === null) {
    return { path, words: 'Nothing in this track is loud enough to measure: it is silent.', source: null }
  }
  const start = `The whole track measures ${formatNumber(integratedLufs, 1)} LUFS.`
  const gainDb = platform?.gainDb ?? null
  if (platform === undefined || gainDb === null) return { path, words: start, source: null }
  const change =
    Math.abs(gainDb) < AUDIBLE_DB
      ? 'about as it is'
      : `${formatNumber(Math.abs(gainDb), 1)} dB ${gainDb < 0 ? 'quieter' : 'louder'}`
  return { path, words: `${start} ${platform.name} plays it ${change}.`, source: sourceWords(platform) }
}

function peakRemark(
  report: Report,
  kind: Intent['kind'],
  platform: Platform | undefined,
): Remark | undefined {
  const truePeakDbtp = report.peaks?.truePeakDbtp ?? null
  if (truePeakDbtp === null) return undefined
  const path = 'peaks.truePeakDbtp'
  const start = `True peak is ${formatSigned(truePeakDbtp, 1)} dBTP`
  if (truePeakDbtp > 0) {
    const words = `${start}, over full scale: converters and lossy encoders may clip there.`
    return { path, words, source: null }
  }
  if (kind === 'mix') {
    return {
      path,
      words: `${start}: ${formatNumber(-truePeakDbtp, 1)} dB are free for mastering.`,
      source: null,
    }
  }
  const adviceDbtp = platform?.peakAdviceDbtp ?? null
  if (platform === undefined || adviceDbtp === null) return { path, words: `${start}.`, source: null }
  const asked = `the ${formatNumber(adviceDbtp, 0)} dBTP advised for ${platform.name}`
  const words = truePeakDbtp <= adviceDbtp ? `${start}, within ${asked}.` : `${start}, above ${asked}.`
  return { path, words, source: sourceWords(platform) }
}

function stereoRemark(report: Report): Remark | undefined {
  const correlation = report.stereo?.correlation ?? null
  if (correlation === null) return undefined
  const start = `Left and right correlate at ${formatSigned(correlation, 2)}`
  const lossDb = report.stereo?.monoLossDb ?? null
  if (correlation < 0) {
    const words = `${start}: they work against each other, so parts fade or vanish in mono.`
    return { path: 'stereo.correlation', words, source: null }
  }
  const words =
    lossDb === null
      ? `${start}: they do not cancel as a whole when summed to mono.`
      : `${start}; summed to mono the track loses ${formatNumber(Math.abs(lossDb), 1)} dB.`
  return { path: 'stereo.correlation', words, source: null }
}

/** What the numbers say in words, at most three remarks: facts and published yardsticks, no taste. */
export function inShort(report: Report, intent: Intent): Remark[] {
  const platform = platformFor(report, intent)
  return [
    loudnessRemark(report, platform),
    peakRemark(report, intent.kind, platform),
    stereoRemark(report),
  ].filter((remark) => remark !== undefined)
}
