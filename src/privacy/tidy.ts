import type { Context } from '../context.ts'
import { after } from '../core/clock.ts'
import { dropOldLogFiles } from '../platform/log-files.ts'
import { deleteOldExports, listStaleExports } from './export-queries.ts'
import { periods } from './periods.ts'
import { deleteOldRequests } from './queries.ts'

/** Copies that nobody fetched within a day are gone; those that something was deleted from are made anew. */
export async function tidyExports(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  await deleteOldExports(ctx.db, now, after(now, -periods.fetchingExportMs))
  for (const { id } of await listStaleExports(ctx.db))
    await ctx.queue.enqueue('make-export', { exportId: id })
}

/** Notes of requests by letter are gone after three years. */
export async function dropOldRequests(ctx: Context): Promise<void> {
  await deleteOldRequests(ctx.db, after(ctx.clock.now(), -periods.rightsRequestMs))
}

/** No line of a log that we keep ourselves is older than 30 days. */
export async function dropOldLogs(ctx: Context): Promise<void> {
  if (ctx.config.logDir !== null) dropOldLogFiles(ctx.config.logDir, ctx.clock.now(), periods.logMs)
}
