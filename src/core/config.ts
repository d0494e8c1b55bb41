import path from 'node:path'
import { z } from 'zod'

export const projectRoot = path.resolve(import.meta.dirname, '../..')

/** Settings contradict each other or are missing; the process says so in one line and exits with 78. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

const blankAsAbsent = (value: unknown) => (value === '' ? undefined : value)
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blankAsAbsent, schema.optional())

const claudeSeconds = (name: string) =>
  z.coerce.number(`${name} must be a number of seconds`).min(0.05).max(600)

const environmentSchema = z.object({
  NODE_ENV: optional(z.string()),
  HOST: optional(z.string()),
  PORT: optional(z.coerce.number('PORT must be a number').int().min(0).max(65535)),
  BASE_URL: optional(z.url({ protocol: /^https?$/, error: 'BASE_URL must be an http(s) address' })),
  DATABASE_URL: optional(
    z.url({ protocol: /^postgres(ql)?$/, error: 'DATABASE_URL must begin with postgres://' }),
  ),
  SERVICES: optional(z.string()),
  DATA_DIR: optional(z.string()),
  UPLOADS_DIR: optional(z.string()),
  SESSION_KEYS: optional(z.string()),
  PASSWORD_PEPPER: optional(z.string()),
  ANTHROPIC_API_KEY: optional(z.string()),
  ANTHROPIC_BASE_URL: optional(z.url({ error: 'ANTHROPIC_BASE_URL must be an address' })),
  CLAUDE_MODEL_FREE: optional(z.string()),
  CLAUDE_MODEL_PRO: optional(z.string()),
  CLAUDE_MODEL_STUDIO: optional(z.string()),
  CLAUDE_HEADER_SECONDS: optional(claudeSeconds('CLAUDE_HEADER_SECONDS')),
  CLAUDE_FIRST_WORD_SECONDS: optional(claudeSeconds('CLAUDE_FIRST_WORD_SECONDS')),
  CLAUDE_SILENCE_SECONDS: optional(claudeSeconds('CLAUDE_SILENCE_SECONDS')),
  CLAUDE_ANSWER_SECONDS: optional(claudeSeconds('CLAUDE_ANSWER_SECONDS')),
  CLAUDE_TOKENS_PER_DAY: optional(
    z.coerce.number('CLAUDE_TOKENS_PER_DAY must be a number of tokens').int().min(1),
  ),
  CLAUDE_DOLLARS_PER_DAY: optional(
    z.coerce.number('CLAUDE_DOLLARS_PER_DAY must be a number of US dollars').min(0),
  ),
  STRIPE_SECRET_KEY: optional(z.string()),
  STRIPE_API_BASE: optional(z.url({ error: 'STRIPE_API_BASE must be an address' })),
  STRIPE_WEBHOOK_SECRET: optional(z.string()),
  STRIPE_METER_WEBHOOK_SECRET: optional(z.string()),
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/, error: 'SMTP_URL must begin with smtp:// or smtps://' })),
  MAIL_FROM: optional(z.string()),
  S3_ENDPOINT: optional(z.url({ error: 'S3_ENDPOINT must be an address' })),
  S3_BUCKET: optional(z.string()),
  S3_ACCESS_KEY_ID: optional(z.string()),
  S3_SECRET_ACCESS_KEY: optional(z.string()),
  FFMPEG_PATH: optional(z.string()),
  FFPROBE_PATH: optional(z.string()),
  TRUST_PROXY_HOPS: optional(z.coerce.number('TRUST_PROXY_HOPS must be a number').int().min(0).max(10)),
  WORKER_CONCURRENCY: optional(z.coerce.number('WORKER_CONCURRENCY must be a number').int().min(1).max(64)),
  LOG_DIR: optional(z.string()),
  LOG_LEVEL: optional(z.enum(['debug', 'info', 'warn', 'error', 'silent'])),
})

type Environment = z.infer<typeof environmentSchema>

export interface SessionKey {
  kid: string
  secret: Buffer
}

export interface Secrets {
  sessionKeys: [SessionKey, ...SessionKey[]]
  passwordPepper: Buffer
}

/** How long an answer may take, and how much all answers may cost. */
export interface ClaudeSettings {
  apiKey: string | null
  baseUrl: string | null
  /** Model id by tier. */
  models: { free: string; pro: string; studio: string }
  limits: { headerMs: number; firstWordMs: number; silenceMs: number; answerMs: number }
  /** Of one account in a day (UTC), against abuse: a hundred questions or more. */
  tokensPerDay: number
  /** Of all accounts in a day (UTC): beyond it the coach is paused. */
  dollarsPerDay: number
}

export interface Config {
  isProduction: boolean
  host: string
  port: number
  baseUrl: string
  services: { web: boolean; workers: boolean }
  databaseUrl: string | null
  dataDir: string
  uploadsDir: string
  /** null: made once and kept in the data folder (development only). */
  secrets: Secrets | null
  claude: ClaudeSettings
  stripe: {
    secretKey: string
    apiBase: string | null
    /** The first is the newest; older ones hold until Stripe has changed over. */
    webhookSecrets: string[]
    /** Of the endpoint for thin events about meters; empty: that endpoint refuses everything. */
    meterWebhookSecrets: string[]
  } | null
  mail: { smtpUrl: string | null; from: string }
  s3: { endpoint: string; bucket: string; accessKeyId: string; secretAccessKey: string } | null
  ffmpegPath: string
  ffprobePath: string
  trustProxyHops: number
  workerConcurrency: number
  /** null: lines go to standard output. */
  logDir: string | null
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

const MIN_SECRET_BYTES = 32
/** The word alone, counted, repeated, or with more behind a dash: random bytes may begin like a word. */
const wellKnownSecrets =
  /^(change-?me|secret|default|example|password|test|dev(?:elopment)?)(?:\d*$|[-_.]|\1)/i

function readSecret(name: string, value: string): Buffer {
  const bytes = Buffer.from(value, /^[0-9a-f]+$/i.test(value) && value.length % 2 === 0 ? 'hex' : 'base64')
  if (wellKnownSecrets.test(value))
    throw new ConfigError(`${name} is a well-known value: use random bytes (openssl rand -base64 48)`)
  if (bytes.length < MIN_SECRET_BYTES)
    throw new ConfigError(
      `${name} is too short: it needs ${MIN_SECRET_BYTES} random bytes (openssl rand -base64 48)`,
    )
  if (new Set(bytes).size < 12) throw new ConfigError(`${name} is not random: use openssl rand -base64 48`)
  return bytes
}

/** `kid:secret[,kid:secret]`: the first signs, all verify, so that keys rotate without logging anyone out. */
export function parseSessionKeys(value: string): [SessionKey, ...SessionKey[]] {
  const keys = value.split(',').map((entry): SessionKey => {
    const match = /^\s*([A-Za-z0-9_-]{1,32}):(\S+)\s*$/.exec(entry)
    if (!match?.[1] || !match[2])
      throw new ConfigError('SESSION_KEYS must be written kid:secret[,kid:secret]')
    return { kid: match[1], secret: readSecret('SESSION_KEYS', match[2]) }
  })
  const [first, ...rest] = keys
  if (!first) throw new ConfigError('SESSION_KEYS holds no key')
  if (new Set(keys.map((key) => key.kid)).size !== keys.length)
    throw new ConfigError('SESSION_KEYS names the same kid twice')
  return [first, ...rest]
}

export function parsePepper(value: string): Buffer {
  return readSecret('PASSWORD_PEPPER', value)
}

function readServices(value: string | undefined): Config['services'] {
  const names = (value ?? 'web,workers').split(',').map((name) => name.trim())
  const unknown = names.find((name) => name !== 'web' && name !== 'workers')
  if (unknown !== undefined) throw new ConfigError(`SERVICES knows web and workers, not "${unknown}"`)
  return { web: names.includes('web'), workers: names.includes('workers') }
}

function readAllOrNone<Name extends keyof Environment>(env: Environment, names: Name[]): boolean {
  const missing = names.filter((name) => env[name] === undefined)
  if (missing.length === names.length) return false
  if (missing.length > 0)
    throw new ConfigError(`${names.join(', ')} go together: ${missing.join(', ')} is missing`)
  return true
}

function readS3(env: Environment): Config['s3'] {
  readAllOrNone(env, ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'])
  const { S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY } = env
  if (!S3_ENDPOINT || !S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return null
  return {
    endpoint: S3_ENDPOINT,
    bucket: S3_BUCKET,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
  }
}

function readClaude(env: Environment): ClaudeSettings {
  if (env.ANTHROPIC_BASE_URL && !env.ANTHROPIC_API_KEY)
    throw new ConfigError('ANTHROPIC_BASE_URL is set but ANTHROPIC_API_KEY is missing')
  return {
    apiKey: env.ANTHROPIC_API_KEY ?? null,
    baseUrl: env.ANTHROPIC_BASE_URL ?? null,
    models: {
      free: env.CLAUDE_MODEL_FREE ?? 'claude-haiku-5-5',
      pro: env.CLAUDE_MODEL_PRO ?? 'claude-sonnet-5-5',
      studio: env.CLAUDE_MODEL_STUDIO ?? 'claude-sonnet-5-5',
    },
    limits: {
      headerMs: (env.CLAUDE_HEADER_SECONDS ?? 20) * 1000,
      firstWordMs: (env.CLAUDE_FIRST_WORD_SECONDS ?? 60) * 1000,
      silenceMs: (env.CLAUDE_SILENCE_SECONDS ?? 40) * 1000,
      answerMs: (env.CLAUDE_ANSWER_SECONDS ?? 180) * 1000,
    },
    tokensPerDay: env.CLAUDE_TOKENS_PER_DAY ?? 2_000_000,
    dollarsPerDay: env.CLAUDE_DOLLARS_PER_DAY ?? 50,
  }
}

/** `new[,old]`: both are accepted while Stripe changes over. */
function readWebhookSecrets(value: string): string[] {
  return value
    .split(',')
    .map((secret) => secret.trim())
    .filter((secret) => secret !== '')
}

function readStripe(env: Environment): Config['stripe'] {
  readAllOrNone(env, ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'])
  if (!env.STRIPE_SECRET_KEY || !env.STRIPE_WEBHOOK_SECRET) {
    if (env.STRIPE_METER_WEBHOOK_SECRET)
      throw new ConfigError('STRIPE_METER_WEBHOOK_SECRET is set but STRIPE_SECRET_KEY is missing')
    if (env.STRIPE_API_BASE) throw new ConfigError('STRIPE_API_BASE is set but STRIPE_SECRET_KEY is missing')
    return null
  }
  return {
    secretKey: env.STRIPE_SECRET_KEY,
    apiBase: env.STRIPE_API_BASE ?? null,
    webhookSecrets: readWebhookSecrets(env.STRIPE_WEBHOOK_SECRET),
    meterWebhookSecrets: readWebhookSecrets(env.STRIPE_METER_WEBHOOK_SECRET ?? ''),
  }
}

/** What stripe-setup needs: it runs before there is a secret for the webhook. @throws ConfigError */
export function loadStripeSetup(values: Record<string, string | undefined> = process.env): {
  stripe: NonNullable<Config['stripe']>
  baseUrl: string
} {
  const env = parseEnvironment(values)
  if (!env.STRIPE_SECRET_KEY) throw new ConfigError('STRIPE_SECRET_KEY is missing')
  if (!env.BASE_URL) throw new ConfigError('BASE_URL is missing: Stripe must know where to send its events')
  const stripe = {
    secretKey: env.STRIPE_SECRET_KEY,
    apiBase: env.STRIPE_API_BASE ?? null,
    webhookSecrets: [],
    meterWebhookSecrets: [],
  }
  return { stripe, baseUrl: new URL(env.BASE_URL).origin }
}

function readSecrets(env: Environment, isProduction: boolean): Secrets | null {
  if (readAllOrNone(env, ['SESSION_KEYS', 'PASSWORD_PEPPER']) && env.SESSION_KEYS && env.PASSWORD_PEPPER)
    return {
      sessionKeys: parseSessionKeys(env.SESSION_KEYS),
      passwordPepper: parsePepper(env.PASSWORD_PEPPER),
    }
  if (isProduction) throw new ConfigError('SESSION_KEYS and PASSWORD_PEPPER are needed in production')
  return null
}

function requireForProduction(env: Environment): void {
  const required = ['BASE_URL', 'DATABASE_URL', 'SMTP_URL', 'MAIL_FROM'] as const
  const missing = required.filter((name) => env[name] === undefined)
  if (missing.length > 0) throw new ConfigError(`${missing.join(', ')} must be set in production`)
  if (!env.BASE_URL?.startsWith('https://'))
    throw new ConfigError('BASE_URL must begin with https:// in production')
}

function parseEnvironment(values: Record<string, string | undefined>): Environment {
  const parsed = environmentSchema.safeParse(values)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new ConfigError(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}`)
}

/** Reads the environment once. @throws ConfigError with one line that says what to change. */
export function loadConfig(values: Record<string, string | undefined> = process.env): Config {
  const env = parseEnvironment(values)
  const isProduction = env.NODE_ENV === 'production'
  if (isProduction) requireForProduction(env)
  const services = readServices(env.SERVICES)
  if (!env.DATABASE_URL && !(services.web && services.workers))
    throw new ConfigError(
      `SERVICES=${env.SERVICES} needs DATABASE_URL: the embedded database belongs to one process, which must do both web and workers`,
    )
  if (env.SMTP_URL && !env.MAIL_FROM) throw new ConfigError('SMTP_URL is set but MAIL_FROM is missing')
  const port = env.PORT ?? 3000
  return {
    isProduction,
    host: env.HOST ?? (isProduction ? '0.0.0.0' : '127.0.0.1'),
    port,
    baseUrl: new URL(env.BASE_URL ?? `http://localhost:${port}`).origin,
    services,
    databaseUrl: env.DATABASE_URL ?? null,
    dataDir: path.resolve(projectRoot, env.DATA_DIR ?? 'data'),
    uploadsDir: path.resolve(projectRoot, env.UPLOADS_DIR ?? 'uploads'),
    secrets: readSecrets(env, isProduction),
    claude: readClaude(env),
    stripe: readStripe(env),
    mail: { smtpUrl: env.SMTP_URL ?? null, from: env.MAIL_FROM ?? 'TrackSensei <tracksensei@localhost>' },
    s3: readS3(env),
    ffmpegPath: env.FFMPEG_PATH ?? 'ffmpeg',
    ffprobePath: env.FFPROBE_PATH ?? 'ffprobe',
    trustProxyHops: env.TRUST_PROXY_HOPS ?? 0,
    workerConcurrency: env.WORKER_CONCURRENCY ?? 2,
    logDir: env.LOG_DIR ? path.resolve(projectRoot, env.LOG_DIR) : null,
    logLevel: env.LOG_LEVEL ?? 'info',
  }
}
