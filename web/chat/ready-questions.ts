import type { Report } from '../../src/report/contract.ts'

const MOST = 4

/** Only the first letter: units keep theirs. */
const inSentence = (title: string) => title.charAt(0).toLowerCase() + title.slice(1)

/** Questions that suggest themselves from what was found; the most important first. */
export function readyQuestions(report: Report, asked: ReadonlySet<string>): string[] {
  const { findings, changes, comparison, source, set, fusion } = report
  const priorities = (findings?.priorities ?? []).flatMap(
    (rule) => findings?.findings.find((finding) => finding.rule === rule) ?? [],
  )
  const hasAudio = source !== null
  const questions = [
    hasAudio && 'What should I look at first?',
    ...priorities.slice(0, 2).map(({ title }) => `What can I do about this: ${inSentence(title)}?`),
    changes && 'What changed since the earlier version?',
    comparison && 'How does it differ from the reference?',
    hasAudio && 'How loud is it, and what does that mean?',
    hasAudio && 'What about the low end?',
    fusion && priorities.length > 0 && 'Which tracks are behind it?',
    set && 'What is in this set?',
    set && !hasAudio && 'What would you check before export?',
  ]
  return questions
    .filter((question) => typeof question === 'string')
    .filter((question) => !asked.has(question))
    .slice(0, MOST)
}
