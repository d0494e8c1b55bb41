import { hashToken } from '../accounts/email-token.ts'
import { getAnalysis } from '../analyses/get-analysis.ts'
import type { Context } from '../context.ts'
import { AppError } from '../core/errors.ts'
import type { SharedReport } from './contract.ts'
import { findLinkByToken } from './queries.ts'
import { withoutNames } from './without-names.ts'

function noSuchLink(): AppError {
  return new AppError(
    'absent',
    'shares/no-such-link',
    'This link does not work: it has expired, was revoked, or the report is gone. Ask whoever sent it for a new one.',
  )
}

/**
 * The report of a link as it is now, without names unless its owner chose to show them.
 * @throws AppError absent, alike for a link that never was, has expired, was revoked, or whose report is gone
 */
export async function readSharedReport(ctx: Context, token: string): Promise<SharedReport> {
  const link = await findLinkByToken(ctx.db, hashToken(token), ctx.clock.now())
  if (!link) throw noSuchLink()
  const analysis = await getAnalysis(ctx, { userId: link.user_id }, link.analysis_id)
  const { report, intent } = analysis
  if (report === null) throw noSuchLink()
  const named = link.shows_names
  return {
    title: named ? analysis.title : null,
    referenceName: named ? (analysis.reference?.name ?? null) : null,
    kind: intent.kind ?? null,
    genre: named ? (intent.genre ?? null) : null,
    destination: named ? (intent.destination ?? null) : null,
    versionNumber: analysis.versionNumber,
    showsNames: named,
    createdAt: analysis.createdAt,
    expiresAt: link.expires_at.toISOString(),
    report: named ? report : withoutNames(report),
  }
}
