import type { Readable } from 'node:stream'

export interface StoredKey {
  key: string
  /** Since it was last written, by this machine's clock: the only one that whoever stamps files goes by too. */
  ageMs: number
}

/**
 * Holds raw files in flight under keys the server made. A file is first spooled on this machine, looked at, then
 * committed; until then nobody else sees it. The same spec runs against every implementation.
 */
export interface RawStore {
  readonly kind: 'folder' | 's3'
  /** Writes the whole stream to the spool, or nothing: when it fails, no bytes remain. @returns the local path */
  spool(key: string, source: Readable): Promise<string>
  /** The spooled bytes become the raw file of `key`. */
  commit(key: string): Promise<void>
  /** Gives a local path to the raw file for as long as `use` runs. @throws AppError absent */
  withFile<Result>(key: string, use: (path: string) => Promise<Result>): Promise<Result>
  /** No bytes of `key` remain, spooled or stored. Removing what is not there is fine. */
  remove(key: string): Promise<void>
  list(): AsyncIterable<StoredKey>
  /** @throws when the store cannot be used right now. */
  check(): Promise<void>
}

const KEY_PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function isKey(name: string): boolean {
  return KEY_PATTERN.test(name)
}

/** Keys are UUIDs made here; anything else is a programming error, never a path. */
export function assertKey(key: string): void {
  if (!isKey(key)) throw new TypeError('A raw file key is a UUID')
}
