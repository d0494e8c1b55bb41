import { access, constants, mkdir, rename, stat } from 'node:fs/promises'
import { absent } from '../../core/errors.ts'
import type { RawStore } from './raw-store.ts'
import { createSpoolFolder } from './spool-folder.ts'

const SPOOLED = 'incoming'
const STORED = 'raw'

/** Raw files in a folder of this machine. */
export function createFolderStore(root: string): RawStore {
  const folder = createSpoolFolder(root)
  return {
    kind: 'folder',
    spool: (key, source) => folder.write(key, SPOOLED, source),
    commit: (key) => rename(folder.pathOf(key, SPOOLED), folder.pathOf(key, STORED)),
    async withFile(key, use) {
      const file = folder.pathOf(key, STORED)
      const stats = await stat(file).catch(() => undefined)
      if (!stats) throw absent('raw file')
      return use(file)
    },
    remove: folder.remove,
    list: folder.list,
    async check() {
      await mkdir(root, { recursive: true, mode: 0o700 })
      await access(root, constants.W_OK | constants.R_OK)
    },
  }
}
