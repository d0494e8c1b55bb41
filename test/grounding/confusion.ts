import { layOut } from '../../src/grounding/answer-view.ts'
import { checkAgainst } from '../../src/grounding/check-answer.ts'
import { tellAnalysis } from '../../src/grounding/tell-analysis.ts'
import type { Report } from '../../src/report/contract.ts'
import type { MarkedAnswer } from './marked-answers.ts'

export interface Confusion {
  answers: number
  /** Bad pieces that were marked. */
  caught: number
  missed: string[]
  /** Good pieces that were let through. */
  cleared: number
  accused: string[]
  kinds: Map<string, { caught: number; all: number }>
}

const overlaps = (a: { start: number; end: number }, b: { start: number; end: number }) =>
  a.start < b.end && a.end > b.start

/** What the check says of answers whose bad pieces are known. */
export function confusionOf(report: Report, answers: readonly MarkedAnswer[]): Confusion {
  const ground = layOut(tellAnalysis(report, { intent: {} }))
  const table: Confusion = {
    answers: answers.length,
    caught: 0,
    missed: [],
    cleared: 0,
    accused: [],
    kinds: new Map(),
  }
  for (const { kind, text, bad } of answers) {
    const said = ['I want it as loud as -8 LUFS. Would -6 LUFS be better?']
    const verdict = checkAgainst(ground, text, { said, intent: '' })
    const accused = verdict.unmatched.filter((span) => !bad.some((piece) => overlaps(span, piece)))
    const caught = bad.filter((piece) => verdict.unmatched.some((span) => overlaps(span, piece)))
    table.caught += caught.length
    table.missed.push(
      ...bad
        .filter((piece) => !caught.includes(piece))
        .map((piece) => `${kind}: "${text.slice(piece.start, piece.end)}" in ${text}`),
    )
    table.cleared += verdict.grounded + verdict.advice + verdict.said
    table.accused.push(...accused.map((span) => `${kind}: "${span.text}" (${span.reason}) in ${text}`))
    const row = table.kinds.get(kind) ?? { caught: 0, all: 0 }
    if (bad.length > 0)
      table.kinds.set(kind, { caught: row.caught + caught.length, all: row.all + bad.length })
  }
  return table
}
