import type { Context } from '../context.ts'
import type { Tx } from '../platform/db/database.ts'
import { findConsent, insertConsents, listConsents } from './consent-queries.ts'
import { CURRENT_POLICY_VERSION } from './policy-version-contract.ts'

export type ConsentSubject = 'privacy-policy' | 'age-16' | 'language-model'

/** The ledger has one more row for each subject: what was agreed to or withdrawn, now, under the policy that holds. */
export async function recordConsent(
  ctx: Context,
  tx: Tx,
  userId: string,
  subjects: ConsentSubject[],
  isGiven: boolean,
): Promise<void> {
  const policyVersion = CURRENT_POLICY_VERSION
  await insertConsents(tx, { userId, subjects, isGiven, policyVersion, now: ctx.clock.now() })
}

/** Whether a language model may work on what this account asks: until its owner objects, and again when they allow it. */
export async function mayUseLanguageModel(
  ctx: Context,
  userId: string,
  db: Context['db'] | Tx = ctx.db,
): Promise<boolean> {
  return (await findConsent(db, userId, 'language-model'))?.is_given ?? true
}

export function listLedger(ctx: Context, userId: string) {
  return listConsents(ctx.db, userId)
}
