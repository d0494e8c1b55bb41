import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import type { Database } from './database.ts'
import { lockFolder } from './lock-folder.ts'
import type { Schema } from './schema.ts'

// V8 of Node 24 sometimes ends the process ("jit_page_->allocations_.erase", nodejs/node#64500) when it gives back machine
// code of WebAssembly that it has compiled better meanwhile. Without better wrappers for calls out of it and without
// giving back there is nothing to go wrong; PGlite is measurably neither slower nor larger.
setFlagsFromString('--no-wasm-code-gc')
setFlagsFromString('--wasm-wrapper-tiering-budget=2147483647')

/** Opens the embedded database in `dataDir`, or one in memory from a dump (tests). */
export async function openPglite(source: { dataDir: string } | { dump: Blob | File }): Promise<Database> {
  const isFolder = 'dataDir' in source
  const unlock = isFolder ? await lockFolder(source.dataDir) : undefined
  if (isFolder) await mkdir(source.dataDir, { recursive: true, mode: 0o700 })
  const pglite = isFolder
    ? await PGlite.create(path.join(source.dataDir, 'database'))
    : await PGlite.create({ loadDataDir: source.dump })
  const db = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) })
  return {
    db,
    kind: 'pglite',
    queueBackend: { kind: 'pglite', pglite },
    async listen(channel, listener) {
      const stop = await pglite.listen(channel, (payload) => listener.onPayload(payload))
      listener.onReconnect()
      return () => stop()
    },
    async close() {
      await db.destroy()
      if (!pglite.closed) await pglite.close()
      await unlock?.()
    },
  }
}
