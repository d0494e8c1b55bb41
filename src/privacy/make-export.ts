import { writeLetter } from '../accounts/write-letter.ts'
import type { Context } from '../context.ts'
import { buildExport } from './build-export.ts'
import { findUnmadeExport, insertPart, markFailed, markReady } from './export-queries.ts'

/**
 * The copy is ready and a letter with its link is on its way, once; nothing when the account went meanwhile. Whatever is
 * deleted while it is made breaks the transaction, and the copy is made again without it.
 */
export async function makeExport(ctx: Context, exportId: string): Promise<void> {
  await ctx.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const wanted = await findUnmadeExport(tx, exportId)
      if (!wanted) return
      let number = 0
      await buildExport(ctx, tx, wanted.user_id, async (part) => {
        await insertPart(tx, exportId, number, part)
        number += 1
      })
      await markReady(tx, exportId)
      const cause = `export:${exportId}`
      await writeLetter(ctx, tx, { userId: wanted.user_id, kind: 'export-ready', cause })
    })
}

/** The copy could not be made: the page says so, and its owner may ask again at once. */
export async function giveUpExport(ctx: Context, exportId: string): Promise<void> {
  ctx.log.error('export-given-up')
  await markFailed(ctx.db, exportId)
}
