import { hideNames, type NameMap } from '../grounding/hide-names.ts'
import { type Told, tellAnalysis } from '../grounding/tell-analysis.ts'
import type { Report } from '../report/contract.ts'
import type { Intent } from '../uploads/contract.ts'

/** What Claude is told about one analysis: numbers, ids and the stated intent. No names, no audio, no account. */
export function tellClaude(
  report: Report,
  intent: Pick<Intent, 'kind'> & Partial<Record<'genre' | 'destination' | 'notes', string | undefined>>,
  names: NameMap,
): Told {
  const hidden = (text: string | undefined) => (text === undefined ? null : hideNames(text, names))
  return tellAnalysis(report, {
    intent: {
      kind: intent.kind,
      genre: hidden(intent.genre),
      destination: hidden(intent.destination),
      notes: hidden(intent.notes),
    },
  })
}

/** The same as JSON, to the byte as it is sent. */
export function buildAnalysisBlock(report: Report, intent: Intent, names: NameMap): string {
  return tellClaude(report, intent, names).json
}
