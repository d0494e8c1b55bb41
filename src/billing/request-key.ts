import type { Context } from '../context.ts'
import { after, DAY_MS } from '../core/clock.ts'
import { AppError } from '../core/errors.ts'
import type { Tx } from '../platform/db/database.ts'
import { deleteRequestKeys, findRequestKeyRow, insertRequestKey } from './queries.ts'

/** How long a repeat is recognised. */
const KEY_LIFE_MS = DAY_MS

/** The client's Idempotency-Key, or undefined when it sent none. @throws AppError malformed */
export function readRequestKey(header: string | undefined): string | undefined {
  if (header === undefined) return undefined
  if (/^[\x21-\x7e]{8,200}$/.test(header)) return header
  throw new AppError(
    'malformed',
    'idempotency-key-invalid',
    'An Idempotency-Key is 8 to 200 printable characters without spaces: a random UUID will do.',
  )
}

/** What this request led to when it came before, or undefined. */
export async function findRepeat(
  ctx: Context,
  userId: string,
  key: string | undefined,
): Promise<string | undefined> {
  return key === undefined ? undefined : (await findRequestKeyRow(ctx.db, userId, key))?.result_id
}

/**
 * In the transaction of the work: the key now stands for `resultId`.
 * @returns what it stood for already, when this is a repeat: then nothing else is to be done, and nothing is charged
 * @throws AppError conflict when the same key came with another request
 */
export async function claimRequestKey(
  ctx: Context,
  tx: Tx,
  claim: { userId: string; key: string; fingerprint: string; resultId: string },
): Promise<string | undefined> {
  if (await insertRequestKey(tx, { ...claim, now: ctx.clock.now() })) return undefined
  const known = await findRequestKeyRow(tx, claim.userId, claim.key)
  if (known?.fingerprint === claim.fingerprint) return known.result_id
  throw new AppError(
    'conflict',
    'idempotency-key-reused',
    'This Idempotency-Key came with another request before. Use a new key for new work.',
  )
}

/** Keys that no retry comes for any more are gone. */
export async function dropOldRequestKeys(ctx: Context): Promise<void> {
  await deleteRequestKeys(ctx.db, after(ctx.clock.now(), -KEY_LIFE_MS))
}
