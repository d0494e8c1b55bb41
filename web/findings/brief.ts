import type { Finding } from '../../src/findings/contract.ts'
import type { Report } from '../../src/report/contract.ts'
import { capitalised, formatNumber, formatTime } from '../ui/format.ts'
import { causeWords } from './cause-words.ts'
import { evidenceWords, placeWords, severityWords, sourceWords, sureness } from './finding-words.ts'
import { sortFindings } from './sort-findings.ts'

/** What the track is called and meant to be; what is not known is left out of the brief. */
export interface BriefSubject {
  title: string
  kind: 'mix' | 'master' | null
  genre?: string | null | undefined
  destination?: string | null | undefined
  notes?: string | null | undefined
}

function findingLines(finding: Finding, number: number, report: Report): string[] {
  const { title, severity, confidence, words, evidence, causes, remedy, check } = finding
  return [
    `${number}. **${title}** (${severityWords(severity).toLowerCase()}, ${sureness(confidence)})`,
    `   - Where: ${placeWords(finding)}`,
    `   - ${words}`,
    ...evidence.map((each) => `   - Measured: ${evidenceWords(each)} (${sourceWords(each)})`),
    ...causes.map((cause) => `   - ${capitalised(causeWords(cause, report))}`),
    `   - Do: ${remedy}`,
    `   - Check: ${check}`,
  ]
}

function numberLines({ source, loudness, peaks, dynamics, rhythm, tonality }: Report): string[] {
  const line = (name: string, value: number | null | undefined, decimals: number, unit: string) =>
    value === null || value === undefined ? [] : [`- ${name}: ${formatNumber(value, decimals)} ${unit}`]
  return [
    ...(source === null ? [] : [`- Length: ${formatTime(source.durationSeconds)}`]),
    ...line('Integrated loudness', loudness?.integratedLufs, 1, 'LUFS'),
    ...line('Loudness range', loudness?.rangeLu, 1, 'LU'),
    ...line('True peak', peaks?.truePeakDbtp, 1, 'dBTP'),
    ...line('Peak to loudness (PLR)', dynamics?.plrDb, 1, 'dB'),
    ...line('Tempo', rhythm?.tempoBpm, 1, 'BPM'),
    ...(tonality?.key ? [`- Key: ${tonality.key}`] : []),
  ]
}

function part(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `## ${title}`, ...lines]
}

/** Everything a mix engineer needs to begin, as Markdown: intent, what is good, what to do where, and the numbers. */
export function writeBrief(subject: BriefSubject, report: Report): string {
  const { findings } = report
  if (!findings) return ''
  const { first, more, intended } = sortFindings(findings)
  const { kind, genre, destination, notes } = subject
  const intent = [kind, genre, destination && `for ${destination}`].filter(Boolean).join(', ')
  return [
    `# ${subject.title}`,
    ...(intent === '' ? [] : [capitalised(intent)]),
    ...(notes ? [`> ${notes.replaceAll('\n', '\n> ')}`] : []),
    ...part(
      'Good as it is',
      findings.strengths.map(({ words }) => `- ${words}`),
    ),
    ...part(
      'To do first',
      first.length === 0
        ? ['Nothing that must be done.']
        : first.flatMap((finding, index) => findingLines(finding, index + 1, report)),
    ),
    ...part(
      'Also seen',
      more.map(
        (each) =>
          `- ${each.title} (${severityWords(each.severity).toLowerCase()}): ${placeWords(each)}. ${each.remedy}`,
      ),
    ),
    ...part(
      'Intended, leave as it is',
      intended.map(({ title }) => `- ${title}`),
    ),
    ...part('Numbers', numberLines(report)),
    '',
  ].join('\n')
}
