import type { Db, Tx } from '../platform/db/database.ts'

export function findSecondFactor(db: Db | Tx, userId: string) {
  return db.selectFrom('second_factors').selectAll().where('user_id', '=', userId).executeTakeFirst()
}

/** Replaces one that was never confirmed. False when one is in use. */
export async function insertSecondFactor(
  tx: Tx,
  factor: { userId: string; sealedSecret: Uint8Array; now: Date },
): Promise<boolean> {
  await tx
    .deleteFrom('second_factors')
    .where('user_id', '=', factor.userId)
    .where('confirmed_at', 'is', null)
    .execute()
  const row = await tx
    .insertInto('second_factors')
    .values({
      user_id: factor.userId,
      sealed_secret: Buffer.from(factor.sealedSecret),
      created_at: factor.now,
      confirmed_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('user_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Of many callers with one code exactly one gets true: a step is good once, and none before it any more. */
export async function spendStep(db: Db | Tx, userId: string, step: number): Promise<boolean> {
  const row = await db
    .updateTable('second_factors')
    .set({ last_step: step })
    .where('user_id', '=', userId)
    .where('last_step', '<', step)
    .returning('user_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function markConfirmed(tx: Tx, userId: string, now: Date): Promise<void> {
  await tx.updateTable('second_factors').set({ confirmed_at: now }).where('user_id', '=', userId).execute()
}

export async function deleteSecondFactor(tx: Tx, userId: string): Promise<boolean> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
  const gone = await tx
    .deleteFrom('second_factors')
    .where('user_id', '=', userId)
    .where('confirmed_at', 'is not', null)
    .returning('user_id')
    .executeTakeFirst()
  return gone !== undefined
}

export async function replaceRecoveryCodes(tx: Tx, userId: string, digests: string[]): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('user_id', '=', userId).execute()
  const rows = digests.map((code_hmac) => ({ user_id: userId, code_hmac, used_at: null }))
  await tx.insertInto('recovery_codes').values(rows).execute()
}

/** Of many callers with one code exactly one gets true. */
export async function takeRecoveryCode(tx: Tx, userId: string, digest: string, now: Date): Promise<boolean> {
  const row = await tx
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('user_id', '=', userId)
    .where('code_hmac', '=', digest)
    .where('used_at', 'is', null)
    .returning('user_id')
    .executeTakeFirst()
  return row !== undefined
}

export async function countRecoveryCodes(db: Db, userId: string): Promise<number> {
  const { count } = await db
    .selectFrom('recovery_codes')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

export async function deleteUnconfirmedFactors(db: Db, before: Date): Promise<void> {
  await db
    .deleteFrom('second_factors')
    .where('confirmed_at', 'is', null)
    .where('created_at', '<=', before)
    .execute()
}
