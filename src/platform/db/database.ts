import type { PGlite } from '@electric-sql/pglite'
import type { Kysely, Transaction } from 'kysely'
import type { Schema } from './schema.ts'

export type Db = Kysely<Schema>
export type Tx = Transaction<Schema>

/** Called with each payload; `onReconnect` after every (re)subscription, because payloads may have been missed. */
export interface ChannelListener {
  onPayload(payload: string): void
  onReconnect(): void
}

/** An open database: PGlite in this process or PostgreSQL elsewhere, behind the same queries. */
export interface Database {
  db: Db
  kind: 'pglite' | 'postgres'
  /** What the queue needs to share this database. */
  queueBackend: { kind: 'pglite'; pglite: PGlite } | { kind: 'postgres'; connectionString: string }
  listen(channel: string, listener: ChannelListener): Promise<() => Promise<void>>
  close(): Promise<void>
}
