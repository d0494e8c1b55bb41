import { type FindingVerdict, findingVerdictSchema } from '../findings/contract.ts'
import type { Db } from '../platform/db/database.ts'
import { listVerdictRows } from './verdict-queries.ts'

/** What the owner says about findings of this analysis; about rules that are no more, nothing. */
export async function listVerdicts(db: Db, userId: string, analysisId: string): Promise<FindingVerdict[]> {
  const rows = await listVerdictRows(db, userId, analysisId)
  return rows.flatMap((row) => {
    const verdict = findingVerdictSchema.safeParse(row)
    return verdict.success ? [verdict.data] : []
  })
}
