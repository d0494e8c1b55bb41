import { hashToken, makeToken } from '../accounts/email-token.ts'
import { getSummary } from '../analyses/get-analysis.ts'
import { holdAccount } from '../billing/hold-account.ts'
import type { Context } from '../context.ts'
import type { Actor } from '../core/actor.ts'
import { DAY_MS } from '../core/clock.ts'
import { AppError, absent } from '../core/errors.ts'
import type { MadeLink, NewLink } from './contract.ts'
import { describeLink } from './describe-link.ts'
import { insertLink, listLinkRows, lockAnalysis } from './queries.ts'

/** More links than this are more than anybody keeps in mind. */
const MOST_LINKS = 10

/**
 * Whoever holds the link reads the report until the link expires, is revoked, or the report is gone. The token stands in
 * its fragment, which browsers send nowhere; only its digest is kept.
 * @throws AppError absent, or conflict while there is no report or when there are too many links
 */
export async function shareReport(
  ctx: Context,
  actor: Actor,
  analysisId: string,
  { days, showsNames }: NewLink,
): Promise<MadeLink> {
  const analysis = await getSummary(ctx, actor, analysisId)
  if (analysis.state !== 'done')
    throw new AppError('conflict', 'analyses/not-done', 'A report can be shared once there is one.')
  const now = ctx.clock.now()
  const token = makeToken()
  const row = await ctx.db.transaction().execute(async (tx) => {
    await holdAccount(tx, actor.userId)
    if (!(await lockAnalysis(tx, actor.userId, analysisId))) throw absent('analysis')
    if ((await listLinkRows(tx, actor.userId, analysisId, now)).length >= MOST_LINKS)
      throw new AppError(
        'conflict',
        'shares/too-many-links',
        `A report has at most ${MOST_LINKS} links. Revoke one that is no longer needed.`,
      )
    return insertLink(tx, {
      userId: actor.userId,
      analysisId,
      tokenSha256: hashToken(token),
      showsNames,
      now,
      expiresAt: new Date(Math.min(now.getTime() + days * DAY_MS, Date.parse(analysis.expiresAt))),
    })
  })
  return { ...describeLink(row), url: `${ctx.config.baseUrl}/shared#token=${token}` }
}
