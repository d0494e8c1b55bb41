import { strFromU8, unzipSync } from 'fflate'
import { buildExport } from '../../src/privacy/build-export.ts'
import type { TestService } from '../support/test-service.ts'

/** The text of each file in the copy of somebody's data. */
export async function readCopy(service: TestService, userId: string): Promise<(file: string) => string> {
  const parts: Uint8Array[] = []
  await service.ctx.db.transaction().execute((tx) =>
    buildExport(service.ctx, tx, userId, async (part) => {
      parts.push(part)
    }),
  )
  const files = unzipSync(new Uint8Array(Buffer.concat(parts)))
  return (file) => strFromU8(files[file] ?? new Uint8Array())
}
