import type { Tx } from '../platform/db/database.ts'
import { listIdsOf } from './queries.ts'

/** The analyses of an account that is about to be deleted, so that whoever works on them can be told. */
export async function listAnalysisIds(tx: Tx, userId: string): Promise<string[]> {
  return (await listIdsOf(tx, userId)).map((row) => row.id)
}
