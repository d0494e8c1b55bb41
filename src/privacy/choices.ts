import { listLedger, mayUseLanguageModel, recordConsent } from '../accounts/consents.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { stopClaudeAnswers } from '../feedback/stop-claude-answers.ts'
import type { PrivacyChoices } from './contract.ts'

/** What the person allows, and every time they agreed to or withdrew something. */
export async function getChoices(ctx: Context, actor: Actor): Promise<PrivacyChoices> {
  const rows = await listLedger(ctx, actor.userId)
  return {
    languageModel: await mayUseLanguageModel(ctx, actor.userId),
    ledger: rows.map((row) => ({
      subject: row.subject,
      isGiven: row.is_given,
      policyVersion: row.policy_version,
      happenedAt: row.happened_at.toISOString(),
    })),
  }
}

/** From now on a language model answers, or does not; what it is writing stops when it may no longer. Saying the same again changes nothing. */
export async function changeChoices(
  ctx: Context,
  actor: Actor,
  choices: { languageModel: boolean },
): Promise<PrivacyChoices> {
  if (choices.languageModel !== (await mayUseLanguageModel(ctx, actor.userId)))
    await ctx.db.transaction().execute(async (tx) => {
      await recordConsent(ctx, tx, actor.userId, ['language-model'], choices.languageModel)
      if (!choices.languageModel) await stopClaudeAnswers(ctx, tx, actor.userId)
    })
  return getChoices(ctx, actor)
}
