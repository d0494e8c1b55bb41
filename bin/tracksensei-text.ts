import type { Report } from '../src/report/contract.ts'
import { changesText } from './tracksensei-changes-text.ts'
import { findingsText } from './tracksensei-findings-text.ts'
import { printable } from './tracksensei-output.ts'
import { preflightCount } from './tracksensei-preflight.ts'

const WIDTH = 22

/** A report for reading in a terminal: the numbers with their units, a dash where something does not apply. */
export function reportText(file: string, report: Report): string {
  const sections = [
    `${printable(file)}\n`,
    findingsText(report),
    section('Source', sourceLines(report)),
    section('Loudness', loudnessLines(report)),
    section('Peaks and dynamics', peakLines(report)),
    section('After a codec', codecLines(report)),
    section('Bands (share of all)', bandLines(report)),
    section('Low end', lowEndLines(report)),
    section('Stereo', stereoLines(report)),
    section('Rhythm and key', musicLines(report)),
    section('Sections', sectionLines(report)),
    section('Faults', faultLines(report)),
    section('Against the reference', comparisonLines(report)),
    changesText(report),
    section('Live set', setLines(report)),
    section('Set and mix together', fusionLines(report)),
    section('Engine', engineLines(report)),
  ]
  return `${sections.filter((text) => text !== '').join('\n')}\n`
}

type Line = readonly [label: string, value: string]

function section(title: string, lines: Line[]): string {
  if (lines.length === 0) return ''
  return `${title}\n${lines.map(([label, value]) => `  ${label.padEnd(WIDTH - 1)} ${value}\n`).join('')}`
}

function number(value: number | null | undefined, digits: number, unit = ''): string {
  return value === null || value === undefined ? '–' : `${value.toFixed(digits)}${unit}`
}

function signed(value: number | null, digits: number, unit: string): string {
  return value === null ? '–' : `${value > 0 ? '+' : ''}${value.toFixed(digits)}${unit}`
}

function sourceLines({ source }: Report): Line[] {
  if (source === null) return []
  const minutes = Math.floor(source.durationSeconds / 60)
  const seconds = (source.durationSeconds % 60).toFixed(1).padStart(4, '0')
  return [
    ['Format', `${source.container}, ${source.codec}`],
    [
      'Sample rate',
      `${source.sampleRateHz} Hz, ${source.channels} channel${source.channels === 1 ? '' : 's'}`,
    ],
    ['Length', `${minutes}:${seconds}`],
  ]
}

function loudnessLines({ loudness }: Report): Line[] {
  if (loudness === null) return []
  return [
    ['Integrated', number(loudness.integratedLufs, 1, ' LUFS')],
    ['Short-term maximum', number(loudness.shortTermMaxLufs, 1, ' LUFS')],
    ['Momentary maximum', number(loudness.momentaryMaxLufs, 1, ' LUFS')],
    ['Range', number(loudness.rangeLu, 1, ' LU')],
  ]
}

function peakLines({ peaks, dynamics }: Report): Line[] {
  if (peaks === null) return []
  return [
    ['True peak', number(peaks.truePeakDbtp, 1, ' dBTP')],
    ['Sample peak', number(peaks.samplePeakDbfs, 1, ' dBFS')],
    ['Crest (peak − RMS)', number(dynamics?.crestDb, 1, ' dB')],
    ['PLR', number(dynamics?.plrDb, 1, ' dB')],
    ['Transients', number(dynamics?.transientsPerSecond, 1, ' per second')],
  ]
}

function codecLines({ codecs }: Report): Line[] {
  return (codecs?.encodes ?? []).map(({ name, truePeakDbtp, overshootDb, clips, missing }) => [
    name,
    missing !== null
      ? `– (${missing})`
      : `${number(truePeakDbtp, 1, ' dBTP')}, ${signed(overshootDb, 1, ' dB')}, ${clips?.samples ?? 0} samples cut off`,
  ])
}

function bandLines({ spectrum }: Report): Line[] {
  return (spectrum?.bands ?? []).map(({ name, fromHz, toHz, shareDb }) => [
    `${name} ${fromHz}–${toHz} Hz`,
    number(shareDb, 1, ' dB'),
  ])
}

function lowEndLines({ spectrum }: Report): Line[] {
  const lowEnd = spectrum?.lowEnd
  if (!lowEnd) return []
  const notes = lowEnd.notes.map(({ note, share }) => `${note} ${Math.round(100 * share)} %`).join(', ')
  return [
    ['Sub 20–60 Hz', number(lowEnd.subDb, 1, ' dB')],
    ['Strokes (kick)', number(lowEnd.kickDb, 1, ' dB')],
    ['Held (bass)', number(lowEnd.bassDb, 1, ' dB')],
    ['Kick in the bass', number(lowEnd.overlap === null ? null : 100 * lowEnd.overlap, 0, ' %')],
    ...(notes === '' ? [] : [['Bass notes', `${notes}; ${sureness(lowEnd.noteConfidence ?? 0)}`] as const]),
  ]
}

function stereoLines({ stereo }: Report): Line[] {
  if (stereo === null) return []
  return [
    ['Correlation', number(stereo.correlation, 2)],
    ['Width (side − mid)', number(stereo.widthDb, 1, ' dB')],
    ['Width under 120 Hz', number(stereo.lowSideDb, 1, ' dB')],
    ...(stereo.delays ?? []).map(
      ({ milliseconds, leads, fromHz, toHz, confidence }): Line => [
        'Delay',
        `${leads} first by ${milliseconds} ms, ${fromHz}–${toHz} Hz, ${sureness(confidence)}`,
      ],
    ),
  ]
}

function musicLines({ rhythm, tonality }: Report): Line[] {
  const lines: Line[] = []
  if (rhythm) {
    lines.push(['Tempo', `${number(rhythm.tempoBpm, 2, ' BPM')}, ${sureness(rhythm.confidence)}`])
    const others = rhythm.alternatives.map(({ tempoBpm }) => tempoBpm.toFixed(1)).join(', ')
    if (others !== '') lines.push(['or', others])
    for (const [name, feel] of Object.entries(rhythm.swing ?? {}))
      if (feel)
        lines.push([`Swing of ${name}`, `${number(feel.percent, 1, ' %')}, ${sureness(feel.confidence)}`])
  }
  if (tonality) {
    const { key, camelot, confidence, tuningCents } = tonality
    lines.push(['Key', key === null ? 'no clear key' : `${key} (${camelot ?? '–'}), ${sureness(confidence)}`])
    for (const { atSeconds, to, confidence: sure } of tonality.modulations ?? [])
      lines.push([`${clock(atSeconds)} to`, `${to}, ${sureness(sure)}`])
    lines.push(['Tuning', number(tuningCents, 0, ' cents')])
  }
  return lines
}

function sureness(confidence: number): string {
  return `${Math.round(100 * confidence)} % sure`
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${Math.floor(seconds % 60)
    .toString()
    .padStart(2, '0')}`
}

function sectionLines({ structure }: Report): Line[] {
  return (structure?.sections ?? []).map(({ startSeconds, endSeconds, label, energyDb }) => [
    `${clock(startSeconds)}–${clock(endSeconds)}`,
    `${label}, ${number(energyDb, 1, ' dB')}`,
  ])
}

function faultLines({ faults, peaks, spectrum }: Report): Line[] {
  const found: [string, string | null][] = [
    ['Clipping', times(peaks?.clips?.count)],
    ['Inter-sample overs', times(peaks?.overs?.count)],
    ['Clicks', times(faults?.clicks.count)],
    ['Dropouts', times(faults?.dropouts.count)],
    ['Hum', faults?.hum ? `${faults.hum.frequencyHz} Hz, ${faults.hum.levelDbfs} dBFS` : null],
    ['Silent channels', faults?.silentChannels.map((channel) => channel + 1).join(', ') || null],
    ['Converted from', spectrum?.upsampledFrom ? `${spectrum.upsampledFrom.sampleRateHz} Hz` : null],
    ['Lossy source', spectrum?.lossySource?.suspected ? `edge at ${spectrum.lossySource.edgeHz} Hz` : null],
  ]
  return found.flatMap(([label, value]): Line[] => (value === null ? [] : [[label, value]]))
}

function times(count: number | undefined): string | null {
  return count ? `${count}×` : null
}

function comparisonLines({ comparison }: Report): Line[] {
  if (!comparison) return []
  return [
    ['Integrated', signed(comparison.integratedLu, 1, ' LU')],
    ['Range', signed(comparison.rangeLu, 1, ' LU')],
    ['True peak', signed(comparison.truePeakDb, 1, ' dB')],
    ['PLR', signed(comparison.plrDb, 1, ' dB')],
    ...comparison.bands.map(
      ({ name, differenceDb }): Line => [`${name} band`, signed(differenceDb, 1, ' dB')],
    ),
  ]
}

function engineLines({ engine, sha256 }: Report): Line[] {
  return [
    ['Version', engine.version],
    ['SHA-256', sha256 ?? '–'],
  ]
}

function setLines({ set, preflight }: Report): Line[] {
  if (set === null) return []
  return [
    ['Made with', set.creator === null ? '–' : printable(set.creator)],
    ['Tempo', number(set.tempoBpm, 2, ' BPM')],
    ['Tracks', set.tracks.map(({ kind, name }) => printable(`${name} (${kind})`)).join(', ') || '–'],
    ...(preflight ? [['Preflight', preflightCount(preflight)] as const] : []),
  ]
}

function fusionLines({ fusion }: Report): Line[] {
  if (!fusion) return []
  const { match, timing, counterfactuals } = fusion
  const begin = timing && `bar ${timing.startsAt.bar}, beat ${timing.startsAt.beat}`
  return [
    ['Bounce of this set', `${match.verdict}, ${Math.round(100 * match.probability)} % likely`],
    ...(match.likelyDifference === null ? [] : [['Likely difference', match.likelyDifference] as const]),
    ['File begins at', begin ?? 'not known: the bars of the set are not imposed'],
    ...counterfactuals.map(({ text }): Line => ['Main chain', text]),
  ]
}
