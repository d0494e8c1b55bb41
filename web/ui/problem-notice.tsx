import { Link } from 'react-router'
import type { Problem } from '../../src/core/contract.ts'
import { toProblem } from '../api/problem.ts'
import { problemTitle } from '../api/problem-words.ts'
import { formatMinutes } from './format.ts'
import { Notice } from './notice.tsx'
import { TextButton } from './text-button.tsx'

interface ProblemNoticeProps {
  error: unknown
  onRetry?: () => void
}

/** When it is worth trying again, from what the refusal itself carries. */
function waitWords(problem: Problem): string | undefined {
  const seconds = problem.retryAfterSeconds
  if (seconds === undefined || /\bwait\b/i.test(problem.detail)) return undefined
  return seconds < 90 ? `Try again in ${seconds} seconds.` : `Try again in ${formatMinutes(seconds)}.`
}

/** A refusal in words: what happened, what to do, and the request's number for asking the operator. */
export function ProblemNotice({ error, onRetry }: ProblemNoticeProps) {
  const problem = toProblem(error)
  const wait = waitWords(problem)
  const isSpent = problem.code.endsWith('-spent')
  return (
    <Notice
      kind="bad"
      title={problemTitle(problem.code, problem.title)}
      action={
        (onRetry !== undefined || isSpent) && (
          <>
            {onRetry !== undefined && <TextButton onClick={onRetry}>Try again</TextButton>}
            {isSpent && <Link to="/plan">See your plan and usage</Link>}
          </>
        )
      }
    >
      {problem.detail} {wait}
      {problem.status >= 500 && problem.requestId !== '' && (
        <p className="small muted">Request {problem.requestId}, should you want to ask about it.</p>
      )}
    </Notice>
  )
}
