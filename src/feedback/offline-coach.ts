import type { Finding } from '../findings/contract.ts'
import { listNotMeasured } from '../grounding/tell-analysis.ts'
import { findingIds } from '../grounding/tell-findings.ts'
import type { Report } from '../report/contract.ts'
import type { Intent } from '../uploads/contract.ts'
import { aboutChanges, aboutLowEnd, aboutReference } from './offline-compared.ts'
import { aboutSet, aboutSetCheck } from './offline-set.ts'
import {
  aboutDynamics,
  aboutKey,
  aboutLoudness,
  aboutPeaks,
  aboutStereo,
  aboutTempo,
  aboutTone,
} from './offline-topics.ts'
import { atPlace, causeWords } from './offline-words.ts'

export const OFFLINE_COACH_VERSION = 'offline-coach.4'

const introduction =
  'I am the offline coach: no language model, only fixed sentences about your measured numbers and findings.'

const MOST_PRIORITIES = 3

function strengthsOf({ findings }: Report): string | null {
  const strengths = findings?.strengths.slice(0, 3) ?? []
  if (strengths.length === 0) return null
  return `What works:\n${strengths.map(({ id, words }) => `- ${words} [strengths.${id}]`).join('\n')}`
}

function priorityWords(report: Report, finding: Finding, id: string): string {
  const parts = [
    `**${finding.title}** [findings.${id}]${atPlace(finding)}. ${finding.words}`,
    causeWords(report, finding),
    `What to try: ${finding.remedy}`,
    `How to check: ${finding.check}`,
  ]
  return parts.filter((part) => part !== null).join(' ')
}

/** What is wrong first: the priorities in their order, else that there are none; of a set alone, its check. */
function aboutPriorities(report: Report): string {
  const { findings } = report
  if (!findings) return report.preflight ? aboutSetCheck(report) : 'Nothing was judged: no audio was sent.'
  const ids = findingIds(findings)
  const numbered = findings.findings.map((finding, index) => ({ finding, id: ids[index] ?? finding.rule }))
  const first = findings.priorities.flatMap(
    (rule) => numbered.find(({ finding }) => finding.rule === rule) ?? [],
  )
  const chosen = (first.length > 0 ? first : numbered).slice(0, MOST_PRIORITIES)
  if (chosen.length === 0) return 'No finding asks for attention. What remains is taste.'
  return `What to do first:\n${chosen.map(({ finding, id }, index) => `${index + 1}. ${priorityWords(report, finding, id)}`).join('\n')}`
}

function notJudged({ findings }: Report): string | null {
  const reasons = findings?.notJudged.map(({ reason }) => reason) ?? []
  return reasons.length === 0 ? null : `What cannot be judged from this material: ${reasons.join(' ')}`
}

function review(report: Report): string[] {
  return [strengthsOf(report), aboutPriorities(report), notJudged(report)].filter((part) => part !== null)
}

/** What the track asks for first, and what the set does; of either only what was sent. */
function beforeExport(report: Report): string {
  if (!report.findings || !report.preflight) return aboutPriorities(report)
  return `${aboutPriorities(report)}\n\n${aboutSetCheck(report)}`
}

/** A question about one finding names its title. */
function findingAskedFor(report: Report, question: string): string | undefined {
  const { findings } = report
  if (!findings) return undefined
  const ids = findingIds(findings)
  const index = findings.findings.findIndex(({ title }) =>
    question.toLowerCase().includes(title.toLowerCase()),
  )
  const finding = findings.findings[index]
  return finding && priorityWords(report, finding, ids[index] ?? finding.rule)
}

type Topic = { words: RegExp; answer: (report: Report, intent: Intent) => string }

const topics: Topic[] = [
  {
    words:
      /first|wrong|priorit|most important|worst|fix|improve|review|zuerst|falsch|wichtig|verbesser|primero|mejor|d'abord/i,
    answer: aboutPriorities,
  },
  {
    words: /since|earlier version|last version|previous|what changed|vorher|frühere|geändert|letzte Version/i,
    answer: aboutChanges,
  },
  { words: /reference|referenz|referencia|référence|compared? to/i, answer: aboutReference },
  { words: /loud|lufs|level|quiet|laut|leise|spotify|stream|volumen|fort/i, answer: aboutLoudness },
  { words: /peak|clip|limit|headroom|ceiling|übersteuer/i, answer: aboutPeaks },
  { words: /low end|\blow\b|bass|\bsub\b|kick|tief|grave/i, answer: aboutLowEnd },
  { words: /mud|bright|dull|harsh|tone|\beq\b|band|freq|höh|mitten|klang/i, answer: aboutTone },
  { words: /stereo|mono|wide|width|phase|correlation|breit/i, answer: aboutStereo },
  { words: /dynam|crest|compress|punch|transient/i, answer: aboutDynamics },
  { words: /tempo|bpm|speed|fast|slow/i, answer: aboutTempo },
  { words: /\bkey\b|tonal|scale|minor|major|tuning|camelot|tonart/i, answer: aboutKey },
  {
    words:
      /export|preflight|set check|before (?:the |my |i |you )?(?:bounc|render)|vor dem (?:bounce|render)/i,
    answer: beforeExport,
  },
  { words: /\bset\b|\btracks?\b|ableton|device|spur|which tracks/i, answer: aboutSet },
]

/** An answer from findings and measured numbers alone, with the same references; says what it is, and invents nothing. */
export function answerOffline(
  report: Report,
  intent: Intent,
  asked: { question: string; kind: 'question' | 'review' },
): string {
  const closing = `Not measured: ${listNotMeasured(report).join('; ')}.`
  if (asked.kind === 'review') return [introduction, ...review(report), closing].join('\n\n')
  const finding = findingAskedFor(report, asked.question)
  if (finding !== undefined) return [introduction, finding].join('\n\n')
  const found = topics.filter((topic) => topic.words.test(asked.question))
  if (found.length > 0)
    return [introduction, ...found.map((topic) => topic.answer(report, intent))].join('\n\n')
  const opening = `${introduction} I have none for this question; this is what I can say.`
  if (report.source === null)
    return [
      opening,
      ...review(report),
      'Ask me what to check before export, or what is in the set.',
      closing,
    ].join('\n\n')
  const invitation =
    'Ask me what to look at first, or about loudness, peaks, tone, the low end, stereo, dynamics, tempo, key, the reference, the earlier version or the Live set.'
  return [opening, ...review(report), aboutLoudness(report, intent), invitation, closing].join('\n\n')
}
