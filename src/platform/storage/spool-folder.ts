import { createWriteStream } from 'node:fs'
import { mkdir, opendir, rm, rmdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { assertKey, isKey, type StoredKey } from './raw-store.ts'

/** One folder per key (mode 0700, file 0600), so that nothing a decoder might follow lies beside a raw file. */
export interface SpoolFolder {
  pathOf(key: string, name: string): string
  write(key: string, name: string, source: Readable): Promise<string>
  /** One file of the key goes, and its folder with the last one. */
  removeFile(key: string, name: string): Promise<void>
  remove(key: string): Promise<void>
  list(): AsyncIterable<StoredKey>
}

export function createSpoolFolder(root: string): SpoolFolder {
  const folderOf = (key: string) => {
    assertKey(key)
    return path.join(root, key)
  }
  const remove = (key: string) => rm(folderOf(key), { recursive: true, force: true })

  return {
    pathOf: (key, name) => path.join(folderOf(key), name),
    async write(key, name, source) {
      const file = path.join(folderOf(key), name)
      await mkdir(folderOf(key), { recursive: true, mode: 0o700 })
      try {
        await pipeline(source, createWriteStream(file, { mode: 0o600 }))
      } catch (error) {
        await remove(key)
        throw error
      }
      return file
    },
    async removeFile(key, name) {
      await rm(path.join(folderOf(key), name), { force: true })
      // Somebody else may be reading another file of the same key.
      await rmdir(folderOf(key)).catch(() => undefined)
    },
    remove,
    async *list() {
      await mkdir(root, { recursive: true, mode: 0o700 })
      for await (const entry of await opendir(root)) {
        if (!entry.isDirectory() || !isKey(entry.name)) continue
        const stats = await stat(path.join(root, entry.name)).catch(() => undefined)
        if (stats) yield { key: entry.name, ageMs: Date.now() - stats.mtimeMs }
      }
    },
  }
}
