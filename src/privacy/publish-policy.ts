import { writeToEveryVerified } from '../accounts/write-to-every-verified.ts'
import type { Context } from '../context.ts'
import type { Policy } from './contract.ts'
import { policies } from './policies.ts'
import { isPublished, markPublished } from './queries.ts'

/**
 * Everybody with a confirmed address has a letter about a significant change in the outbox, once; whoever is killed on
 * the way is followed by the next run, which leaves out those who have theirs.
 */
export async function publishPolicy(ctx: Context, policy: Policy = policies[0]): Promise<void> {
  if (await isPublished(ctx.db, policy.version)) return
  if (policy.isSignificant)
    await writeToEveryVerified(ctx, {
      kind: 'policy-changed',
      detail: `${policy.version}: ${policy.changes}`,
      cause: `policy:${policy.version}`,
    })
  await markPublished(ctx.db, policy.version, ctx.clock.now())
}
