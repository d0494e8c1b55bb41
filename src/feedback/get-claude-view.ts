import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import type { ClaudeView } from './contract.ts'
import { PROMPT_RULES, PROMPT_VERSION } from './prompt-rules.ts'
import { listSentBlocks } from './queries.ts'
import { openTalk } from './talk.ts'
import { viewOf } from './view-of.ts'

/** Corrections and verdicts change a block; nobody reads through more of them. */
const MAX_SHOWN = 20

const blockOf = ({ json, sha256 }: { json: string; sha256: string }) => ({
  json,
  sha256,
  sizeBytes: Buffer.byteLength(json),
})

/**
 * What Claude was given about this analysis, as it was kept when it was sent, and what it would be given now.
 * @throws AppError absent, conflict
 */
export async function getClaudeView(ctx: Context, actor: Actor, analysisId: string): Promise<ClaudeView> {
  const { analysis, report } = await openTalk(ctx, actor, analysisId)
  const now = blockOf(await viewOf(ctx, actor.userId, analysis, report))
  const rows = await listSentBlocks(ctx.db, actor.userId, analysisId, MAX_SHOWN)
  const sent = rows.map((row) => ({
    ...blockOf({ json: row.block, sha256: row.sha256 }),
    sentAt: row.first_sent_at.toISOString(),
    lastSentAt: row.last_sent_at.toISOString(),
  }))
  const [newest] = sent
  const { json, sha256, sizeBytes } = newest ?? now
  return {
    json,
    sha256,
    sizeBytes,
    sentAt: newest?.sentAt ?? null,
    sent,
    next: newest?.sha256 === now.sha256 ? null : now,
    rules: PROMPT_RULES,
    promptVersion: PROMPT_VERSION,
  }
}
