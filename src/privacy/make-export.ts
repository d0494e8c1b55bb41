import { writeLetter } from '../accounts/write-letter.ts'
import type { Context } from '../context.ts'
import { buildExport } from './build-export.ts'
import { findExport, setArchive } from './queries.ts'

/** The copy is ready and a letter with its link is on its way; nothing when the account went meanwhile. */
export async function makeExport(ctx: Context, exportId: string): Promise<void> {
  const wanted = await findExport(ctx.db, exportId)
  if (!wanted) return
  const archive = await buildExport(ctx, wanted.user_id)
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await setArchive(tx, exportId, archive))) return
    await writeLetter(ctx, tx, { userId: wanted.user_id, kind: 'export-ready', cause: `export:${exportId}` })
  })
}
