import type { Report } from '../report/contract.ts'
import { type Ground, layOut } from './answer-view.ts'
import { checkNumbers, isKnownPath } from './check-numbers.ts'
import { checkPlaces } from './check-places.ts'
import type { Verdict } from './contract.ts'
import type { Judged } from './place.ts'
import {
  plain,
  readNumbers,
  readReferences,
  readSentences,
  type WrittenNumber,
  withoutReferences,
} from './read-text.ts'
import { tellAnalysis } from './tell-analysis.ts'
import { GROUNDING_VERSION } from './vocabulary.ts'

/** What the person wrote: an answer may repeat it, but not pass it off as measured. */
export interface Said {
  said: readonly string[]
  intent: string
}

function unknownReferences(text: string, ground: Ground): Judged[] {
  return readReferences(text)
    .filter(({ path }) => !isKnownPath(path, ground))
    .map(({ start, end }) => ({ start, end, judgement: 'no-such-reference' as const }))
}

/** More numbers than anybody asks about; what lies beyond may not be repeated as theirs. */
const MOST_SAID = 300

/** Each number of the person once. */
function numbersSaid(text: string): WrittenNumber[] {
  const different = new Map(readNumbers(text).map((number) => [`${number.value} ${number.unit}`, number]))
  return [...different.values()].slice(0, MOST_SAID)
}

/** The verdict on an answer, given all that could be known for it. */
export function checkAgainst(ground: Ground, answer: string, { said, intent }: Said): Verdict {
  const text = plain(answer)
  const words = withoutReferences(text)
  const references = readReferences(text)
  const sentences = readSentences(words)
  const saidText = plain([...said, intent].join('\n'))
  const places = checkPlaces({ text: words, sentences, references }, ground, saidText)
  const numbers = checkNumbers(words, { sentences, references, taken: places }, ground, numbersSaid(saidText))
  const judged = [...unknownReferences(text, ground), ...places, ...numbers].sort((a, b) => a.start - b.start)
  const verdict: Verdict = { version: GROUNDING_VERSION, grounded: 0, advice: 0, said: 0, unmatched: [] }
  for (const { start, end, judgement } of judged) {
    if (judgement === 'grounded' || judgement === 'advice' || judgement === 'said') verdict[judgement] += 1
    else verdict.unmatched.push({ start, end, text: answer.slice(start, end), reason: judgement })
  }
  return verdict
}

/** Every number, unit, time, bar, track, device and key of an answer against the analysis it speaks of. */
export function checkAnswer(report: Report, answer: string, said: Said): Verdict {
  return checkAgainst(layOut(tellAnalysis(report, { intent: {} })), answer, said)
}
