import type { ClaudeFailure } from '../platform/claude/claude.ts'

export interface FailureWords {
  code: string
  status: 'failed' | 'refused'
  detail: string
  canRetry: boolean
}

const free = 'Nothing was charged.'

/** What a person reads when an answer did not come; codes are stable. */
export const failureWords: Record<ClaudeFailure | 'interrupted', FailureWords> = {
  unreachable: {
    code: 'feedback/coach-unreachable',
    status: 'failed',
    detail: `The coach cannot be reached right now. ${free} Try again in a minute.`,
    canRetry: true,
  },
  overloaded: {
    code: 'feedback/coach-busy',
    status: 'failed',
    detail: `The coach is busy right now. ${free} Try again in a minute.`,
    canRetry: true,
  },
  'spend-limit': {
    code: 'feedback/coach-paused',
    status: 'failed',
    detail: `The coach is paused for the moment; we have been told. ${free} Your report is not affected.`,
    canRetry: true,
  },
  misconfigured: {
    code: 'feedback/coach-misconfigured',
    status: 'failed',
    detail: `The coach is not set up correctly on our side; we have been told. ${free}`,
    canRetry: true,
  },
  stalled: {
    code: 'feedback/coach-silent',
    status: 'failed',
    detail: `The coach fell silent before the answer was complete. ${free} Try again.`,
    canRetry: true,
  },
  'cut-off': {
    code: 'feedback/answer-cut-off',
    status: 'failed',
    detail: `The answer broke off before it was complete. ${free} Try again, or ask a shorter question.`,
    canRetry: true,
  },
  refused: {
    code: 'feedback/refused',
    status: 'refused',
    detail: `The coach did not want to answer this. ${free} Ask about the track in other words.`,
    canRetry: false,
  },
  'too-long': {
    code: 'feedback/conversation-too-long',
    status: 'failed',
    detail: `This conversation has become too long for the coach. ${free} Delete it to begin a new one.`,
    canRetry: false,
  },
  'answer-too-long': {
    code: 'feedback/answer-too-long',
    status: 'failed',
    detail: `The coach thought for so long that no words came. ${free} Ask for less at once.`,
    canRetry: true,
  },
  interrupted: {
    code: 'feedback/interrupted',
    status: 'failed',
    detail: `The answer was interrupted on our side. ${free} Try again.`,
    canRetry: true,
  },
}

/** The words of a stored code. */
export function wordsOf(code: string | null): FailureWords {
  return Object.values(failureWords).find((words) => words.code === code) ?? failureWords.interrupted
}
