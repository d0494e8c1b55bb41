import { createHmac } from 'node:crypto'
import { normalizeEmail } from '../accounts/email-address.ts'
import { findAccountId } from '../accounts/find-account-id.ts'
import { liftSecondFactor } from '../accounts/second-factor.ts'
import type { Context } from '../context.ts'
import { absent } from '../core/errors.ts'
import { buildExport } from './build-export.ts'
import { eraseAccount } from './erase-account.ts'
import { insertRequest, listOpenRequests, markRequestsDone, type RequestKind } from './queries.ts'

/** Whose request it is, for whoever knows the address and our secret. */
function subjectOf(ctx: Context, email: string): string {
  return createHmac('sha256', ctx.secrets.passwordPepper)
    .update(`rights:${normalizeEmail(email)}`)
    .digest('hex')
    .slice(0, 32)
}

/** One calendar month; where the next month is shorter, its last day. */
export function monthLater(start: Date): Date {
  const due = new Date(start)
  due.setUTCMonth(due.getUTCMonth() + 1)
  if (due.getUTCDate() !== start.getUTCDate()) due.setUTCDate(0)
  return due
}

export interface OperatorRequest {
  kind: RequestKind
  email: string
  /** How it was made sure who asks. */
  note: string
}

/** A request that came by letter is noted, with the day by which it must be answered. */
export async function noteRequest(ctx: Context, request: OperatorRequest): Promise<Date> {
  const now = ctx.clock.now()
  const dueAt = monthLater(now)
  const { kind, note } = request
  await insertRequest(ctx.db, {
    kind,
    note,
    subjectHmac: subjectOf(ctx, request.email),
    now,
    dueAt,
    doneAt: null,
  })
  return dueAt
}

/** Whatever was open for this is answered; what was not noted before is noted as done now. */
async function audit(ctx: Context, request: OperatorRequest): Promise<void> {
  const now = ctx.clock.now()
  const { kind, note } = request
  const subjectHmac = subjectOf(ctx, request.email)
  await markRequestsDone(ctx.db, kind, subjectHmac, now)
  await insertRequest(ctx.db, { kind, note, subjectHmac, now, dueAt: monthLater(now), doneAt: now })
}

async function accountOf(ctx: Context, email: string): Promise<string> {
  const userId = await findAccountId(ctx, email)
  if (!userId) throw absent('account')
  return userId
}

/** Everything that is held of the owner of this address is written, and there is a note that it was. @throws AppError absent */
export async function exportFor(
  ctx: Context,
  email: string,
  note: string,
  write: (part: Uint8Array) => Promise<void>,
): Promise<void> {
  const userId = await accountOf(ctx, email)
  await ctx.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute((tx) => buildExport(ctx, tx, userId, write))
  await audit(ctx, { kind: 'export', email, note })
}

/** The account of this address is gone, at once, and there is a note of it. @throws AppError absent */
export async function eraseFor(ctx: Context, email: string, note: string): Promise<void> {
  await eraseAccount(ctx, await accountOf(ctx, email))
  await audit(ctx, { kind: 'erase', email, note })
}

/** The second factor of this address is off, and there is a note of it. @throws AppError absent, conflict */
export async function unlockFor(ctx: Context, email: string, note: string): Promise<void> {
  await liftSecondFactor(ctx, await accountOf(ctx, email))
  await audit(ctx, { kind: 'correct', email, note })
}

/** Requests that wait for an answer, the most urgent first. */
export function listDue(ctx: Context) {
  return listOpenRequests(ctx.db)
}
