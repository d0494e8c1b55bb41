import type { Message } from '../../src/feedback/contract.ts'
import { newRequestKey } from '../api/request-key.ts'
import { knownMessages } from './messages.ts'

/** A way to begin an answer. */
interface Wanted {
  path: string
  body: object
  question: string | null
  /** A question that is asked anew: it goes from the page with all that follows. */
  replaces?: string
  /** Tells the message by which the conversation shows that this was begun. */
  isMine: (message: Message) => boolean
}

/** One attempt and all its repeats: they carry the same key, so that a lost answer is never paid twice. */
export interface Beginning extends Wanted {
  requestKey: string
  /** What stood in the conversation before. */
  before: ReadonlySet<string> | undefined
}

export function askWith(question: string, replaces?: string): Wanted {
  return {
    path: 'messages',
    body: { text: question, ...(replaces !== undefined && { replaces }) },
    question,
    ...(replaces !== undefined && { replaces }),
    isMine: ({ role, text }) => role === 'user' && text === question,
  }
}

export function answerAgain(questionId: string): Wanted {
  return {
    path: `messages/${questionId}/answers`,
    body: {},
    question: null,
    isMine: ({ parentId }) => parentId === questionId,
  }
}

export function askForReview(language: string): Wanted {
  return {
    path: 'review',
    body: { language },
    question: 'Review this track.',
    isMine: ({ role, kind }) => role === 'user' && kind === 'review',
  }
}

/** What is wanted as a new attempt, or the one whose fate is unknown when it wanted the same. */
export function toBeginning(analysisId: string, wanted: Wanted, unanswered: Beginning | null): Beginning {
  const { path, question, replaces } = wanted
  if (unanswered?.path === path && unanswered.question === question && unanswered.replaces === replaces)
    return unanswered
  const known = knownMessages(analysisId)
  return { ...wanted, requestKey: newRequestKey(), before: known && new Set(known.map(({ id }) => id)) }
}

/** Whether the conversation, as it was read since, holds what was begun. */
export function hasArrived(analysisId: string, { before, isMine }: Beginning): boolean {
  const known = knownMessages(analysisId) ?? []
  return before !== undefined && known.some((message) => !before.has(message.id) && isMine(message))
}
