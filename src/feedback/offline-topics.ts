import type { Report } from '../report/contract.ts'
import type { Intent } from '../uploads/contract.ts'
import { number } from './offline-words.ts'

export function aboutLoudness(report: Report, intent: Intent): string {
  const { loudness, dynamics } = report
  if (!loudness) return 'Loudness was not measured: no audio was sent.'
  const lines = [
    `Integrated loudness is ${number(loudness.integratedLufs, 'LUFS', 'loudness.integratedLufs')}, the loudest three seconds reach ${number(loudness.shortTermMaxLufs, 'LUFS', 'loudness.shortTermMaxLufs')}, and the range is ${number(loudness.rangeLu, 'LU', 'loudness.rangeLu')}.`,
  ]
  const integrated = loudness.integratedLufs
  if (integrated !== null && intent.kind === 'master')
    lines.push(
      integrated > -14
        ? `Spotify plays at −14 LUFS, so it would turn this down by about ${(integrated + 14).toFixed(1)} dB. That is no fault; what it cost is in the dynamics: PLR ${number(dynamics?.plrDb, 'dB', 'dynamics.plrDb')}.`
        : `Spotify plays at −14 LUFS and would turn this up by up to ${(-14 - integrated).toFixed(1)} dB, as far as its peaks allow.`,
    )
  if (integrated !== null && intent.kind === 'mix')
    lines.push('For a mix the level itself matters little; leave room for the mastering.')
  const truePeak = report.peaks?.truePeakDbtp ?? null
  if (truePeak !== null && truePeak > 0)
    lines.push(
      `Its true peak of ${number(truePeak, 'dBTP', 'peaks.truePeakDbtp')} is over full scale, and that matters more than the level.`,
    )
  return lines.join(' ')
}

export function aboutPeaks(report: Report, intent: Intent): string {
  const { peaks } = report
  if (!peaks) return 'Peaks were not measured: no audio was sent.'
  const truePeak = peaks.truePeakDbtp
  const facts = `The true peak is ${number(truePeak, 'dBTP', 'peaks.truePeakDbtp')}, the sample peak ${number(peaks.samplePeakDbfs, 'dBFS', 'peaks.samplePeakDbfs')}.`
  if (truePeak === null) return facts
  if (truePeak > 0)
    return `${facts} Between the samples it goes over full scale: lower the limiter's ceiling to about −1 dB, then measure again.`
  if (truePeak > -1 && intent.kind === 'master')
    return `${facts} Most platforms advise at most −1 dBTP, since lossy encoding adds a little: try a ceiling 0.5 to 1 dB lower.`
  if (truePeak > -1)
    return `${facts} That leaves little room: lower the whole mix by a few dB before it goes to mastering.`
  return `${facts} That leaves enough headroom.`
}

export function aboutTone(report: Report): string {
  const bands = report.spectrum?.bands ?? []
  const known = bands.filter((band) => band.shareDb !== null)
  if (known.length === 0) return 'The tonal balance was not measured.'
  const listed = bands
    .map((band, index) => `${band.name} ${number(band.shareDb, 'dB', `spectrum.bands[${index}].shareDb`)}`)
    .join(', ')
  return `Energy per band, against all bands together: ${listed}. Compare these with a reference you like at the same loudness; the shape matters more than any single value.`
}

export function aboutStereo(report: Report): string {
  const correlation = report.stereo?.correlation
  if (correlation === null || correlation === undefined)
    return 'Stereo correlation does not apply: the file is mono, silent, or was not sent.'
  const word =
    correlation < 0
      ? 'Below zero the sides cancel in mono: look for an inverted channel or a widener on low frequencies.'
      : correlation < 0.3
        ? 'That is very wide: listen in mono and check that nothing important disappears.'
        : 'That holds together in mono.'
  return `The correlation is ${number(correlation, '', 'stereo.correlation', 2)}. ${word}`
}

export function aboutDynamics(report: Report): string {
  const { dynamics } = report
  if (!dynamics) return 'Dynamics were not measured: no audio was sent.'
  return `Crest factor ${number(dynamics.crestDb, 'dB', 'dynamics.crestDb')}, peak to loudness ratio ${number(dynamics.plrDb, 'dB', 'dynamics.plrDb')}. The smaller they are, the more the transients have been pressed down.`
}

/** The mix at another speed than its set, octaves left aside, is worth a word. */
function tempoDoubt(report: Report, storedBpm: number): string {
  const measured = report.rhythm
  if (!measured || measured.confidence < 0.5) return ''
  const isSame = [0.5, 1, 2].some((octave) => Math.abs(measured.tempoBpm / (storedBpm * octave) - 1) < 0.02)
  return isSame
    ? ''
    : ` The mix itself measures ${number(measured.tempoBpm, 'BPM', 'rhythm.tempoBpm')}: perhaps it was not made from this set.`
}

/** What the user said counts, and is not passed off as measured. */
function saidTempo({ rhythm, provenance }: Report): string | null {
  if (!rhythm || provenance?.tempo.source !== 'user') return null
  const { heardBpm } = provenance.tempo
  const heard =
    heardBpm === null ? 'none was heard' : `heard was ${number(heardBpm, 'BPM', 'provenance.tempo.heardBpm')}`
  return `You set the tempo to ${number(rhythm.tempoBpm, 'BPM', 'rhythm.tempoBpm')}; ${heard}.`
}

export function aboutTempo(report: Report): string {
  const said = saidTempo(report)
  if (said !== null) return said
  const stored = report.set?.tempoBpm
  if (stored !== undefined && stored !== null)
    return `The Live set says ${number(stored, 'BPM', 'set.tempoBpm', 2)}; that is what counts.${tempoDoubt(report, stored)}`
  const { rhythm } = report
  if (!rhythm) return 'No steady tempo was found.'
  const sureness = rhythm.confidence >= 0.8 ? '' : ' I am not sure of it'
  const [next] = rhythm.alternatives
  const other =
    sureness && next
      ? `; it could also be ${number(next.tempoBpm, 'BPM', 'rhythm.alternatives[0].tempoBpm')}`
      : ''
  return `The tempo measures ${number(rhythm.tempoBpm, 'BPM', 'rhythm.tempoBpm')}.${sureness}${other}${sureness ? '.' : ''}`
}

export function aboutKey(report: Report): string {
  const { tonality } = report
  if (!tonality?.key) return 'There is no clear key [tonality.key].'
  if (report.provenance?.key.source === 'user')
    return `You set the key to ${tonality.key} [tonality.key]; heard was ${report.provenance.key.heardKey ?? 'no clear key'} [provenance.key.heardKey].`
  const doubt = tonality.confidence >= 0.8 ? '' : ' I am not sure of it.'
  return `The key is ${tonality.key} [tonality.key]${tonality.camelot ? `, ${tonality.camelot} on the DJ wheel [tonality.camelot]` : ''}.${doubt}`
}
