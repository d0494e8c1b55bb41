import { createHmac } from 'node:crypto'
import { ConfigError } from '../../core/config.ts'
import type { Db } from './database.ts'

const SETTING = 'password-pepper-fingerprint'

/**
 * A database knows the fingerprint of the pepper its passwords were hashed with.
 * @throws ConfigError when this process has another one: every login would fail.
 */
export async function requireSamePepper(db: Db, pepper: Buffer): Promise<void> {
  const fingerprint = createHmac('sha256', pepper).update('fingerprint').digest('hex').slice(0, 16)
  await db
    .insertInto('settings')
    .values({ name: SETTING, value: fingerprint })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const { value } = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', SETTING)
    .executeTakeFirstOrThrow()
  if (value !== fingerprint)
    throw new ConfigError(
      'PASSWORD_PEPPER is not the one this database was made with: no password would match',
    )
}
