import { Link } from 'react-router'
import type { Problem } from '../../src/core/contract.ts'
import { toProblem } from '../api/problem.ts'
import { formatDay, formatMinutes } from './format.ts'
import { Notice } from './notice.tsx'
import { TextButton } from './text-button.tsx'

interface ProblemNoticeProps {
  error: unknown
  onRetry?: () => void
}

/** When it is worth trying again, from what the refusal itself carries. */
function waitWords(problem: Problem): string | undefined {
  if (problem.resetsAt !== undefined) return `Your count starts again on ${formatDay(problem.resetsAt)}.`
  const seconds = problem.retryAfterSeconds
  if (seconds === undefined) return undefined
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
      title={problem.title}
      action={
        (onRetry !== undefined || isSpent) && (
          <>
            {onRetry !== undefined && <TextButton onClick={onRetry}>Try again</TextButton>}
            {isSpent && <Link to="/plan">See your plan and usage</Link>}
          </>
        )
      }
    >
      {problem.detail} {wait !== undefined && !problem.detail.includes(wait) && wait}
      {problem.status >= 500 && problem.requestId !== '' && (
        <p className="small muted">Request {problem.requestId}, should you want to ask about it.</p>
      )}
    </Notice>
  )
}
