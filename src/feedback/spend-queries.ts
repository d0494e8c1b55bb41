import type { Db, Tx } from '../platform/db/database.ts'

export async function addSpend(
  tx: Tx,
  spend: { userId: string; day: string; tokens: number; microDollars: number },
): Promise<void> {
  const { userId, day, tokens, microDollars } = spend
  await tx
    .insertInto('claude_days')
    .columns(['user_id', 'day', 'tokens'])
    // An account that was erased meanwhile has no more days.
    .expression((eb) =>
      eb
        .selectFrom('users')
        .select([
          'users.id as user_id',
          eb.val(day).as('day'),
          eb.cast<number>(eb.val(tokens), 'bigint').as('tokens'),
        ])
        .where('users.id', '=', userId),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'day'])
        .doUpdateSet((eb) => ({ tokens: eb('claude_days.tokens', '+', tokens) })),
    )
    .execute()
  await tx
    .insertInto('claude_spend')
    .values({ day, micro_dollars: microDollars })
    .onConflict((conflict) =>
      conflict
        .column('day')
        .doUpdateSet((eb) => ({ micro_dollars: eb('claude_spend.micro_dollars', '+', microDollars) })),
    )
    .execute()
}

export async function findTokens(db: Db | Tx, userId: string, day: string): Promise<number> {
  const row = await db
    .selectFrom('claude_days')
    .select('tokens')
    .where('user_id', '=', userId)
    .where('day', '=', day)
    .executeTakeFirst()
  return Number(row?.tokens ?? 0)
}

export async function findMicroDollars(db: Db | Tx, day: string): Promise<number> {
  const row = await db
    .selectFrom('claude_spend')
    .select('micro_dollars')
    .where('day', '=', day)
    .executeTakeFirst()
  return Number(row?.micro_dollars ?? 0)
}

export async function deleteDaysBefore(db: Db, day: string): Promise<void> {
  await db.deleteFrom('claude_days').where('day', '<', day).execute()
}
