import { sql } from 'kysely'
import type { Severity, Verdict } from '../findings/contract.ts'
import type { Db, Tx } from '../platform/db/database.ts'

export function listVerdictRows(db: Db, userId: string, analysisId: string) {
  return db
    .selectFrom('finding_verdicts')
    .select(['rule', 'verdict', 'severity'])
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

/** In place of what was said before, for this analysis and those later versions that nothing was said about by itself. */
export async function putVerdict(
  tx: Tx,
  userId: string,
  given: { analysisId: string; rule: string; verdict: Verdict; severity: Severity; now: Date },
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
        severity: given.severity,
        is_inherited: id !== given.analysisId,
        given_at: given.now,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['analysis_id', 'rule'])
        .doUpdateSet((row) => ({
          verdict: row.ref('excluded.verdict'),
          severity: row.ref('excluded.severity'),
          is_inherited: row.ref('excluded.is_inherited'),
          given_at: row.ref('excluded.given_at'),
        }))
        .where((row) =>
          row.or([
            row('finding_verdicts.is_inherited', '=', true),
            row('finding_verdicts.analysis_id', '=', given.analysisId),
          ]),
        ),
    )
    .execute()
}

/** Nothing is said any more about this analysis, and what its later versions had from it goes as well. */
export async function dropVerdict(tx: Tx, userId: string, analysisId: string, rule: string): Promise<void> {
  const ids = await listVersionIds(tx, userId, analysisId)
  if (ids.length === 0) return
  await tx
    .deleteFrom('finding_verdicts')
    .where('user_id', '=', userId)
    .where('analysis_id', 'in', ids)
    .where('rule', '=', rule)
    .where((row) => row.or([row('is_inherited', '=', true), row('analysis_id', '=', analysisId)]))
    .execute()
}

/** What was said about the earlier version holds for this one; what was said about this one already counts more. */
export async function inheritVerdicts(tx: Tx, analysisId: string): Promise<void> {
  await sql`
    insert into finding_verdicts (analysis_id, user_id, rule, verdict, severity, is_inherited, given_at)
    select later.id, later.user_id, earlier.rule, earlier.verdict, earlier.severity, true, earlier.given_at
    from analyses later join finding_verdicts earlier
      on earlier.analysis_id = later.earlier_id and earlier.user_id = later.user_id
    where later.id = ${analysisId}
    on conflict do nothing`.execute(tx)
}
