import type { Report } from '../../src/report/contract.ts'
import type { Intent } from '../../src/uploads/contract.ts'
import { formatNumber, formatSigned } from '../ui/format.ts'

/** One thing the numbers say, in words, with where the yardstick comes from. */
export interface Remark {
  path: string
  words: string
  source: string | null
}

const SPOTIFY_LUFS = -14 // Spotify for Artists, "Loudness normalization", setting Normal
const SPOTIFY_HEADROOM_DB = 1 // same page: lifts only until peaks reach 1 dB below full scale
const SPOTIFY_PEAK_DBTP = -1 // same page
const SPOTIFY_PEAK_LOUD_DBTP = -2 // same page, for tracks louder than −14 LUFS
const SPOTIFY = 'Spotify’s own page for artists'
const AUDIBLE_DB = 0.5

/** What Spotify's normal setting does to the level, in dB; never raises peaks above 1 dB under full scale. */
export function spotifyGainDb(integratedLufs: number, truePeakDbtp: number): number {
  const wanted = SPOTIFY_LUFS - integratedLufs
  return wanted <= 0 ? wanted : Math.max(0, Math.min(wanted, -SPOTIFY_HEADROOM_DB - truePeakDbtp))
}

function loudnessRemark(report: Report): Remark | undefined {
  if (report.loudness === null || report.peaks === null) return undefined
  const { integratedLufs } = report.loudness
  const { truePeakDbtp } = report.peaks
  const path = 'loudness.integratedLufs'
  if (integratedLufs === null || truePeakDbtp === null) {
    return { path, words: 'Nothing in this track is loud enough to measure: it is silent.', source: null }
  }
  const gain = spotifyGainDb(integratedLufs, truePeakDbtp)
  const start = `The whole track measures ${formatNumber(integratedLufs, 1)} LUFS.`
  if (gain < -AUDIBLE_DB) {
    return {
      path,
      words: `${start} Spotify’s normal setting plays it ${formatNumber(-gain, 1)} dB quieter.`,
      source: SPOTIFY,
    }
  }
  if (gain > AUDIBLE_DB) {
    return {
      path,
      words: `${start} Spotify’s normal setting plays it ${formatNumber(gain, 1)} dB louder.`,
      source: SPOTIFY,
    }
  }
  return { path, words: `${start} Spotify’s normal setting plays it about as it is.`, source: SPOTIFY }
}

function peakRemark(report: Report, kind: Intent['kind']): Remark | undefined {
  const truePeak = report.peaks?.truePeakDbtp ?? null
  const samplePeak = report.peaks?.samplePeakDbfs ?? null
  if (truePeak === null || samplePeak === null) return undefined
  const path = 'peaks.truePeakDbtp'
  const start = `True peak is ${formatSigned(truePeak, 1)} dBTP`
  if (truePeak > 0) {
    const words = `${start}, over full scale: converters and lossy encoders may clip there.`
    return { path, words, source: 'ITU-R BS.1770 Annex 2' }
  }
  if (kind === 'mix') {
    return { path, words: `${start}: ${formatNumber(-truePeak, 1)} dB are free for mastering.`, source: null }
  }
  const isLoud = (report.loudness?.integratedLufs ?? SPOTIFY_LUFS) > SPOTIFY_LUFS
  const ceiling = isLoud ? SPOTIFY_PEAK_LOUD_DBTP : SPOTIFY_PEAK_DBTP
  const asked = `the ${formatNumber(ceiling, 0)} dBTP Spotify asks for at this loudness`
  const words = truePeak <= ceiling ? `${start}, within ${asked}.` : `${start}, above ${asked}.`
  return { path, words, source: SPOTIFY }
}

function stereoRemark(report: Report): Remark | undefined {
  const correlation = report.stereo?.correlation ?? null
  if (correlation === null) return undefined
  const start = `Left and right correlate at ${formatSigned(correlation, 2)}`
  const words =
    correlation < 0
      ? `${start}: they work against each other, so parts fade or vanish in mono.`
      : `${start}: they do not cancel as a whole when summed to mono.`
  return { path: 'stereo.correlation', words, source: null }
}

/** What the numbers say in words, at most three remarks: facts and published yardsticks, no taste. */
export function inShort(report: Report, kind: Intent['kind']): Remark[] {
  return [loudnessRemark(report), peakRemark(report, kind), stereoRemark(report)].filter(
    (remark) => remark !== undefined,
  )
}
