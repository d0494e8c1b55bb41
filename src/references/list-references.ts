import { getUsage } from '../billing/get-usage.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { absent } from '../core/errors.ts'
import { trackProfileSchema } from '../report/comparison-contract.ts'
import type { KeptReference } from './contract.ts'
import { findReferenceRow, listReferenceRows } from './queries.ts'

type Row = Awaited<ReturnType<typeof listReferenceRows>>[number]

function describe(row: Row): KeptReference {
  const { durationSeconds, integratedLufs, tempoBpm } = trackProfileSchema.parse(row.profile)
  return {
    id: row.id,
    name: row.name,
    durationSeconds,
    integratedLufs,
    tempoBpm,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  }
}

/** The account's kept references, the last used first, and how many it may keep. */
export async function listReferences(
  ctx: Context,
  actor: Actor,
): Promise<{ references: KeptReference[]; limit: number }> {
  const rows = await listReferenceRows(ctx.db, actor.userId)
  const { maxKeptReferences } = await getUsage(ctx, actor.userId)
  return { references: rows.map(describe), limit: maxKeptReferences }
}

/** @throws AppError absent, for somebody else's as well */
export async function getReference(ctx: Context, actor: Actor, id: string): Promise<KeptReference> {
  const row = await findReferenceRow(ctx.db, actor.userId, id)
  if (!row) throw absent('reference')
  return describe(row)
}
