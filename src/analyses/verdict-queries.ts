import { sql } from 'kysely'
import type { Verdict } from '../findings/contract.ts'
import type { Db, Tx } from '../platform/db/database.ts'

export function listVerdictRows(db: Db, userId: string, analysisId: string) {
  return db
    .selectFrom('finding_verdicts')
    .select(['rule', 'verdict'])
    .where('user_id', '=', userId)
    .where('analysis_id', '=', analysisId)
    .orderBy('rule')
    .execute()
}

/** The analysis and all versions that were made from it, of this owner. */
async function listVersionIds(tx: Tx, userId: string, analysisId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with recursive versions as (
      select id from analyses where id = ${analysisId} and user_id = ${userId}
      union
      select later.id from analyses later join versions on later.earlier_id = versions.id
      where later.user_id = ${userId}
    )
    select id from versions`.execute(tx)
  return rows.map(({ id }) => id)
}

/** In place of what was said before, for this analysis and its later versions. */
export async function putVerdict(
  tx: Tx,
  userId: string,
  given: { analysisId: string; rule: string; verdict: Verdict; now: Date },
): Promise<void> {
  const ids = await listVersionIds(tx, userId, given.analysisId)
  if (ids.length === 0) return
  await tx
    .insertInto('finding_verdicts')
    .values(
      ids.map((id) => ({
        analysis_id: id,
        user_id: userId,
        rule: given.rule,
        verdict: given.verdict,
        given_at: given.now,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['analysis_id', 'rule']).doUpdateSet({ verdict: given.verdict, given_at: given.now }),
    )
    .execute()
}

export async function dropVerdict(tx: Tx, userId: string, analysisId: string, rule: string): Promise<void> {
  const ids = await listVersionIds(tx, userId, analysisId)
  if (ids.length === 0) return
  await tx
    .deleteFrom('finding_verdicts')
    .where('user_id', '=', userId)
    .where('analysis_id', 'in', ids)
    .where('rule', '=', rule)
    .execute()
}

/** What was said about the earlier version holds for this one; what was said about this one already counts more. */
export async function inheritVerdicts(tx: Tx, analysisId: string): Promise<void> {
  await sql`
    insert into finding_verdicts (analysis_id, user_id, rule, verdict, given_at)
    select later.id, later.user_id, earlier.rule, earlier.verdict, earlier.given_at
    from analyses later join finding_verdicts earlier
      on earlier.analysis_id = later.earlier_id and earlier.user_id = later.user_id
    where later.id = ${analysisId}
    on conflict do nothing`.execute(tx)
}
