import type { Context } from '../context.ts'
import { after, DAY_MS } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import type { ClaudeUsage } from '../platform/claude/claude.ts'
import { costMicroDollars } from '../platform/claude/prices.ts'
import type { Tx } from '../platform/db/database.ts'
import { periods } from '../privacy/periods.ts'
import { addSpend, deleteDaysBefore, findMicroDollars, findTokens } from './spend-queries.ts'

const MICRO = 1_000_000
const dayOf = (instant: Date) => instant.toISOString().slice(0, 10)
const nextDay = (instant: Date) => new Date(`${dayOf(after(instant, DAY_MS))}T00:00:00Z`)

/** @throws AppError exhausted when the account has had its tokens of the day, unavailable when all accounts together have */
export async function requireWithinSpend(ctx: Context, tx: Tx, userId: string): Promise<void> {
  const now = ctx.clock.now()
  const { tokensPerDay, dollarsPerDay } = ctx.config.claude
  const resetsAt = nextDay(now)
  const retryAfterSeconds = Math.ceil((resetsAt.getTime() - now.getTime()) / 1000)
  if ((await findTokens(tx, userId, dayOf(now))) >= tokensPerDay)
    throw new AppError(
      'exhausted',
      'feedback/daily-limit',
      'That was a lot for one day. The coach answers you again tomorrow (UTC); your messages of this month are kept.',
      { retryAfterSeconds },
    )
  if ((await findMicroDollars(tx, dayOf(now))) < dollarsPerDay * MICRO) return
  ctx.log.error('claude-spend-reached')
  throw new AppError(
    'unavailable',
    'feedback/coach-paused',
    'The coach is paused until tomorrow (UTC); we have been told. Nothing was charged, and your report is not affected.',
    { retryAfterSeconds },
  )
}

/** What an answer cost counts against the day, whatever became of the answer. */
export async function countSpend(
  ctx: Context,
  tx: Tx,
  answer: { userId: string; model: string; usage: ClaudeUsage },
): Promise<void> {
  const { userId, model, usage } = answer
  const tokens =
    usage.inputTokens + usage.outputTokens + usage.cacheReadInputTokens + usage.cacheCreationInputTokens
  if (tokens === 0) return
  const day = dayOf(ctx.clock.now())
  await addSpend(tx, { userId, day, tokens, microDollars: costMicroDollars(model, usage) })
}

/** Tokens of days that are over say nothing any more. */
export async function dropOldSpend(ctx: Context): Promise<void> {
  await deleteDaysBefore(ctx.db, dayOf(new Date(ctx.clock.now().getTime() - periods.coachDayMs)))
}
