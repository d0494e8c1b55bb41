import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { ConfigError } from '../../core/config.ts'
import type { ChannelListener, Database } from './database.ts'
import type { Schema } from './schema.ts'

const BIGINT_OID = 20
const RECONNECT_DELAY_MS = 500
const POOL_SIZE = 10

pg.types.setTypeParser(BIGINT_OID, Number)

/** One dedicated connection per channel, made again for as long as it is wanted. */
async function listenOn(connectionString: string, channel: string, listener: ChannelListener) {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString, keepAlive: true, application_name: 'tracksensei-listen' })
    next.on('notification', (message) => listener.onPayload(message.payload ?? ''))
    next.on('error', () => again(next))
    next.on('end', () => again(next))
    client = next
    await next.connect()
    await next.query(`listen ${pg.escapeIdentifier(channel)}`)
    listener.onReconnect()
  }

  function again(lost: pg.Client): void {
    if (isStopped || client !== lost) return
    client = undefined
    lost.end().catch(() => undefined)
    retryLater()
  }

  function retryLater(): void {
    // A failed attempt is told twice, by the promise and by the event `end`; it is followed by one attempt only.
    timer = setTimeout(() => connect().catch(() => client && again(client)), RECONNECT_DELAY_MS)
  }

  await connect()
  return async () => {
    isStopped = true
    clearTimeout(timer)
    await client?.end()
  }
}

async function requireRecentServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  )
  const version = rows[0]?.version ?? 0
  if (version < 150000) throw new ConfigError(`PostgreSQL 15 or newer is needed; this server is ${version}`)
}

/** Opens PostgreSQL 15 or newer. @throws ConfigError when it cannot be reached or is too old. */
export async function openPostgres(connectionString: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString,
    max: POOL_SIZE,
    connectionTimeoutMillis: 5000,
    application_name: 'tracksensei',
  })
  // An idle connection that the server drops is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined)
  try {
    await requireRecentServer(pool)
  } catch (error) {
    await pool.end()
    if (error instanceof ConfigError) throw error
    throw new ConfigError(
      'DATABASE_URL cannot be reached: check that the server runs and the name is right',
      {
        cause: error,
      },
    )
  }
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  return {
    db,
    kind: 'postgres',
    queueBackend: { kind: 'postgres', connectionString },
    listen: (channel, listener) => listenOn(connectionString, channel, listener),
    close: () => db.destroy(),
  }
}
