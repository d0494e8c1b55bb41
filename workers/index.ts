import type { Context } from '../src/context.ts'
import { workOnTracks } from './analyze-track.ts'
import { workOnExports } from './make-export.ts'
import { workOnReconciling } from './reconcile-billing.ts'
import { workOnUsage } from './report-usage.ts'
import { workOnLetters } from './send-letter.ts'
import { sweep, workOnSweeping } from './sweep.ts'

/** Takes jobs from the queue until it is stopped. `drain` makes running analyses hand themselves back. */
export async function startWorkers(ctx: Context, drain: AbortSignal): Promise<void> {
  await workOnTracks(ctx, drain)
  await workOnLetters(ctx)
  await workOnExports(ctx)
  await workOnUsage(ctx)
  await workOnReconciling(ctx)
  await workOnSweeping(ctx)
  // What became overdue while nothing was running must not wait for the next minute.
  await sweep(ctx)
}
