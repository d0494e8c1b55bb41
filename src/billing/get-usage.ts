import type { Context } from '../context.ts'
import type { Meter, Usage } from './contract.ts'
import { findAccount } from './find-standing.ts'
import { findPeriods, type Unit } from './queries.ts'
import { tiers } from './tiers.ts'

type Period = Awaited<ReturnType<typeof findPeriods>>[number]

function meterOf(periods: Period[], unit: Unit, limit: number): Meter {
  const period = periods.find((candidate) => candidate.unit === unit)
  const used = period?.used ?? 0
  const reserved = period?.reserved ?? 0
  return { used, reserved, limit, remaining: Math.max(0, limit - used - reserved) }
}

/** What the account has used and has left in the running period. */
export async function getUsage(ctx: Context, userId: string): Promise<Usage> {
  const { standing } = await findAccount(ctx.db, userId, ctx.clock.now())
  const { tier: name, period } = standing
  const { start, end } = period
  const tier = tiers[name]
  const periods = await findPeriods(ctx.db, userId, start)
  return {
    tier: name,
    tierTitle: tier.title,
    analyses: meterOf(periods, 'analysis', tier.analysesPerMonth),
    messages: meterOf(periods, 'message', tier.messagesPerMonth),
    periodStart: start.toISOString(),
    resetsAt: end.toISOString(),
    maxFileBytes: tier.maxFileBytes,
    maxTrackSeconds: tier.maxTrackSeconds,
    maxKeptReferences: tier.maxKeptReferences,
  }
}
