import path from 'node:path'
import { type Clock, systemClock } from './core/clock.ts'
import { type Config, ConfigError, type Secrets } from './core/config.ts'
import type { HitCounter } from './core/http/rate-limit.ts'
import { createLog, type Log } from './core/log.ts'
import type { Claude } from './platform/claude/claude.ts'
import type { Database, Db } from './platform/db/database.ts'
import { createHitCounter } from './platform/db/hit-counter.ts'
import { migrate } from './platform/db/migrate.ts'
import { type NoticeBoard, openNoticeBoard } from './platform/db/notice-board.ts'
import { openPglite } from './platform/db/open-pglite.ts'
import { openPostgres } from './platform/db/open-postgres.ts'
import { requireSamePepper } from './platform/db/require-same-pepper.ts'
import { readOrMakeSecrets } from './platform/dev-secrets.ts'
import { createLogFiles } from './platform/log-files.ts'
import { createFolderMailer } from './platform/mail/folder-mailer.ts'
import type { Mailer } from './platform/mail/mailer.ts'
import { createSmtpMailer } from './platform/mail/smtp-mailer.ts'
import { createPasswordHasher, type PasswordHasher } from './platform/passwords/password-hasher.ts'
import { openQueue } from './platform/queue/open-queue.ts'
import type { Queue } from './platform/queue/queue.ts'
import { createFolderStore } from './platform/storage/folder-store.ts'
import type { RawStore } from './platform/storage/raw-store.ts'
import { createStripeGateway, type StripeGateway } from './platform/stripe/stripe.ts'

/** Everything a verb needs from outside; made once, handed down, never reached for. */
export interface Context {
  config: Config
  secrets: Secrets
  database: Database
  db: Db
  storage: RawStore
  queue: Queue
  mail: Mailer
  /** null without a key: the offline coach answers. */
  claude: Claude | null
  /** null without keys: usage is counted here and reported to nobody. */
  stripe: StripeGateway | null
  passwords: PasswordHasher
  hits: HitCounter
  /** Notices that an analysis changed, from whichever process. */
  notices: NoticeBoard
  clock: Clock
  log: Log
}

export type ContextOverrides = Partial<Pick<Context, 'clock' | 'log' | 'database'>> & { bcryptCost?: number }

/** Channel of the notices that an analysis changed; the payload is its id. */
export const ANALYSIS_CHANNEL = 'tracksensei_analysis'

export function lettersDirOf(config: Config): string {
  return path.join(config.dataDir, 'mail')
}

function createMailer(config: Config, clock: Clock): Mailer {
  const { smtpUrl, from } = config.mail
  return smtpUrl
    ? createSmtpMailer(smtpUrl, from)
    : createFolderMailer(lettersDirOf(config), () => clock.now())
}

function openDatabase(config: Config): Promise<Database> {
  return config.databaseUrl ? openPostgres(config.databaseUrl) : openPglite({ dataDir: config.dataDir })
}

async function checkStorage(storage: RawStore): Promise<void> {
  await storage.check().catch((error: unknown) => {
    const settings = storage.kind === 's3' ? 'S3_* (is the bucket there?)' : 'UPLOADS_DIR'
    throw new ConfigError(`Raw files cannot be stored: check ${settings}`, { cause: error })
  })
}

// Doors to programs that are not configured are not loaded: each is some 30 MB of every process.

async function openStorage({ s3, dataDir, uploadsDir }: Config): Promise<RawStore> {
  if (!s3) return createFolderStore(uploadsDir)
  const { createS3Store } = await import('./platform/storage/s3-store.ts')
  return createS3Store(s3, path.join(dataDir, 'scratch'))
}

async function openClaude({ claude: { apiKey, baseUrl, limits } }: Config): Promise<Claude | null> {
  if (!apiKey) return null
  const { createAnthropicClaude } = await import('./platform/claude/anthropic-claude.ts')
  return createAnthropicClaude({ apiKey, baseUrl, limits })
}

/**
 * Opens everything the service stands on. `overrides` is the only seam for tests.
 * @throws ConfigError when a setting is wrong or something it names cannot be reached.
 */
export async function createContext(config: Config, overrides: ContextOverrides = {}): Promise<Context> {
  const clock = overrides.clock ?? systemClock
  const files = config.logDir === null ? undefined : createLogFiles(config.logDir, () => clock.now())
  const log = overrides.log ?? createLog(config.logLevel, files)
  const storage = await openStorage(config)
  await checkStorage(storage)
  const database = overrides.database ?? (await openDatabase(config))
  const { db } = database
  try {
    const secrets = config.secrets ?? (await readOrMakeSecrets(config.dataDir))
    await migrate(db)
    await requireSamePepper(db, secrets.passwordPepper)
    return {
      config,
      secrets,
      database,
      db,
      storage,
      queue: await openQueue(database, config.services.workers, log),
      mail: createMailer(config, clock),
      claude: await openClaude(config),
      stripe: config.stripe ? createStripeGateway(config.stripe) : null,
      passwords: createPasswordHasher(secrets.passwordPepper, overrides.bcryptCost),
      hits: createHitCounter(db, clock),
      notices: await openNoticeBoard(database, ANALYSIS_CHANNEL),
      clock,
      log,
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Closes what createContext opened; running jobs get `drainMs` to finish. */
export async function closeContext(ctx: Context, drainMs: number): Promise<void> {
  await ctx.queue.stop(drainMs)
  await ctx.notices.close()
  await ctx.passwords.close()
  await ctx.database.close()
}
