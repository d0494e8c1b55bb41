import { dropExpired } from '../src/accounts/drop-expired.ts'
import { deleteExpiredAnalyses } from '../src/analyses/delete-expired.ts'
import { refundLostAnalyses } from '../src/analyses/refund-lost.ts'
import { dropOldRequestKeys } from '../src/billing/request-key.ts'
import type { Context } from '../src/context.ts'
import { endSilentAnswers } from '../src/feedback/end-silent-answers.ts'
import { dropOldSpend } from '../src/feedback/spend.ts'
import { dropOldHits } from '../src/platform/db/hit-counter.ts'
import { eraseUnverified } from '../src/privacy/erase-unverified.ts'
import { publishPolicy } from '../src/privacy/publish-policy.ts'
import { dropOldLogs, dropOldRequests, tidyExports } from '../src/privacy/tidy.ts'
import { deleteExpiredReferences } from '../src/references/delete-expired.ts'
import { dropExpiredLinks } from '../src/shares/drop-expired-links.ts'
import { sweepRawFiles } from '../src/uploads/sweep-raw-files.ts'

/** Whatever has outlived its time is gone. Each part runs even when another one fails. */
export async function sweep(ctx: Context): Promise<void> {
  const parts = [
    sweepRawFiles,
    deleteExpiredAnalyses,
    deleteExpiredReferences,
    dropExpiredLinks,
    endSilentAnswers,
    dropOldSpend,
    refundLostAnalyses,
    dropExpired,
    eraseUnverified,
    dropOldRequestKeys,
    tidyExports,
    dropOldRequests,
    dropOldLogs,
    publishPolicy,
  ]
  for (const part of parts)
    await Promise.resolve(part(ctx)).catch((error: unknown) =>
      ctx.log.error('sweep-failed', { stage: part.name, error }),
    )
  await dropOldHits(ctx.db, ctx.clock)
}

export async function workOnSweeping(ctx: Context): Promise<void> {
  await ctx.queue.work('sweep', 1, () => sweep(ctx))
}
