import { sql } from 'kysely'
import type { Clock } from '../../core/clock.ts'
import type { HitCounter } from '../../core/http/rate-limit.ts'
import type { Db } from './database.ts'

/** Rate-limit hits in the database: one statement counts, so limits hold across processes and restarts. */
export function createHitCounter(db: Db, clock: Clock): HitCounter {
  return {
    async hit(key, windowSeconds) {
      const now = clock.now()
      const resetsAt = new Date(now.getTime() + windowSeconds * 1000)
      const row = await db
        .insertInto('rate_hits')
        .values({ key, hits: 1, resets_at: resetsAt })
        .onConflict((conflict) =>
          conflict.column('key').doUpdateSet({
            hits: sql<number>`case when rate_hits.resets_at <= ${now} then 1 else rate_hits.hits + 1 end`,
            resets_at: sql<Date>`case when rate_hits.resets_at <= ${now} then excluded.resets_at else rate_hits.resets_at end`,
          }),
        )
        .returning(['hits', 'resets_at'])
        .executeTakeFirstOrThrow()
      return { hits: row.hits, resetsAt: row.resets_at }
    },
    async forgive(key) {
      await db
        .updateTable('rate_hits')
        .set((row) => ({ hits: row('hits', '-', 1) }))
        .where('key', '=', key)
        .where('hits', '>', 0)
        .execute()
    },
    async clear(key) {
      await db.deleteFrom('rate_hits').where('key', '=', key).execute()
    },
  }
}

/** Forgets windows that are over. */
export async function dropOldHits(db: Db, clock: Clock): Promise<void> {
  await db.deleteFrom('rate_hits').where('resets_at', '<', clock.now()).execute()
}
