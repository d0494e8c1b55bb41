import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import type { ClaudeView } from './contract.ts'
import { PROMPT_RULES, PROMPT_VERSION } from './prompt-rules.ts'
import { findSentBlock } from './queries.ts'
import { openTalk } from './talk.ts'
import { viewOf } from './view-of.ts'

/** What Claude is given about this analysis, to the byte, and since when. @throws AppError absent, conflict */
export async function getClaudeView(ctx: Context, actor: Actor, analysisId: string): Promise<ClaudeView> {
  const { analysis, report } = await openTalk(ctx, actor, analysisId)
  const { json, sha256 } = await viewOf(ctx, actor.userId, analysis, report)
  const sent = await findSentBlock(ctx.db, actor.userId, analysisId, sha256)
  return {
    json,
    sha256,
    sizeBytes: Buffer.byteLength(json),
    sentAt: sent?.first_sent_at.toISOString() ?? null,
    rules: PROMPT_RULES,
    promptVersion: PROMPT_VERSION,
  }
}
