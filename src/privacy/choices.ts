import { listLedger, mayUseLanguageModel, recordConsent } from '../accounts/consents.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
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

/** From the next request on a language model answers, or does not. Saying the same again changes nothing. */
export async function changeChoices(
  ctx: Context,
  actor: Actor,
  choices: { languageModel: boolean },
): Promise<PrivacyChoices> {
  if (choices.languageModel !== (await mayUseLanguageModel(ctx, actor.userId)))
    await ctx.db
      .transaction()
      .execute((tx) => recordConsent(ctx, tx, actor.userId, 'language-model', choices.languageModel))
  return getChoices(ctx, actor)
}
