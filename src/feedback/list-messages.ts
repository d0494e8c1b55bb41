import { mayUseLanguageModel } from '../accounts/consents.ts'
import { getSummary } from '../analyses/get-analysis.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import type { MessageList } from './contract.ts'
import { describeMessage } from './describe-message.ts'
import { listMessageRows } from './queries.ts'

/** The whole conversation about one analysis, oldest first, and who answers. @throws AppError absent */
export async function listMessages(ctx: Context, actor: Actor, analysisId: string): Promise<MessageList> {
  await getSummary(ctx, actor, analysisId)
  const rows = await listMessageRows(ctx.db, actor.userId, analysisId)
  const isClaude = ctx.claude !== null && (await mayUseLanguageModel(ctx, actor.userId))
  return { messages: rows.map(describeMessage), coach: isClaude ? 'claude' : 'offline-coach' }
}
