import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ConfigError, loadConfig, parsePepper } from '../../src/core/config.ts'
import { type Ended, runToEnd } from '../processes/run-to-end.ts'
import { type Service, startService } from '../support/start-service.ts'

const EXIT_CONFIG = 78
const random = () => randomBytes(48).toString('base64')
const database = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }
const production = {
  NODE_ENV: 'production',
  BASE_URL: 'https://tracks.example',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'TrackSensei <hello@tracks.example>',
  SESSION_KEYS: `k1:${random()}`,
  PASSWORD_PEPPER: random(),
  ...database,
}

function expectRefusal(ended: Ended, ...words: string[]): void {
  expect(ended.code).toBe(EXIT_CONFIG)
  const lines = ended.output.trim().split('\n')
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^TrackSensei cannot start: /)
  for (const word of words) expect(lines[0]).toContain(word)
}

type Settings = Record<string, string | undefined>

const contradictions: [string, Settings, string][] = [
  ['half of the S3 settings', { S3_ENDPOINT: 'http://127.0.0.1:9', S3_BUCKET: 'raw' }, 'S3_ACCESS_KEY_ID'],
  ['half of the Stripe settings', { STRIPE_SECRET_KEY: 'sk_test_1' }, 'STRIPE_WEBHOOK_SECRET'],
  ['a Stripe address without a key', { STRIPE_API_BASE: 'http://127.0.0.1:9' }, 'STRIPE_SECRET_KEY'],
  ['a Claude address without a key', { ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' }, 'ANTHROPIC_API_KEY'],
  ['a mail server without a sender', { SMTP_URL: 'smtp://127.0.0.1:9' }, 'MAIL_FROM'],
  ['session keys without a pepper', { SESSION_KEYS: `k1:${random()}` }, 'PASSWORD_PEPPER'],
  ['workers without a database', { SERVICES: 'workers' }, 'DATABASE_URL'],
  ['web without a database', { SERVICES: 'web' }, 'DATABASE_URL'],
  ['a service nobody knows', { ...database, SERVICES: 'web,mailer' }, 'mailer'],
  ['a port that is no number', { PORT: 'eighty' }, 'PORT'],
  ['a port beyond the last', { PORT: '70000' }, 'PORT'],
  ['a database of another kind', { DATABASE_URL: 'mysql://127.0.0.1/tracks' }, 'DATABASE_URL'],
  ['an address of another kind', { BASE_URL: 'ftp://tracks.example' }, 'BASE_URL'],
  ['a log level nobody knows', { LOG_LEVEL: 'chatty' }, 'LOG_LEVEL'],
  ['no workers at all', { WORKER_CONCURRENCY: '0' }, 'WORKER_CONCURRENCY'],
  ['the same kid twice', { SESSION_KEYS: `k:${random()},k:${random()}`, PASSWORD_PEPPER: random() }, 'kid'],
  ['keys without a kid', { SESSION_KEYS: random(), PASSWORD_PEPPER: random() }, 'SESSION_KEYS'],
  ['production over plain http', { ...production, BASE_URL: 'http://tracks.example' }, 'https'],
  ['production on the embedded database', { ...production, DATABASE_URL: undefined }, 'DATABASE_URL'],
  ['production without a mail server', { ...production, SMTP_URL: undefined }, 'SMTP_URL'],
  [
    'production with a short key',
    { ...production, SESSION_KEYS: `k1:${randomBytes(31).toString('base64')}` },
    'SESSION_KEYS',
  ],
  [
    'production with a key that repeats',
    { ...production, SESSION_KEYS: `k1:${'ab'.repeat(48)}` },
    'SESSION_KEYS',
  ],
  [
    'production with a default pepper',
    { ...production, PASSWORD_PEPPER: 'changeme'.repeat(8) },
    'PASSWORD_PEPPER',
  ],
]

describe('settings that contradict each other or are missing are refused in one line that names them', () => {
  test.each(contradictions)('%s', (_what, settings, word) => {
    const attempt = () => loadConfig(settings)
    expect(attempt).toThrow(ConfigError)
    expect(attempt).toThrow(word)
    expect(attempt).toThrow(/^[^\n]+$/)
  })

  test('the same settings, made whole, are taken', () => {
    expect(loadConfig(production)).toMatchObject({
      isProduction: true,
      services: { web: true, workers: true },
    })
    expect(loadConfig({ ...database, SERVICES: 'workers' }).services).toEqual({ web: false, workers: true })
    const loose = loadConfig({ PORT: '', DATABASE_URL: '', S3_BUCKET: '' })
    expect([loose.port, loose.databaseUrl, loose.s3]).toEqual([3000, null, null])
  })

  test('no refusal repeats a secret', () => {
    const secret = 'changeme-but-not-really-a-secret-of-mine'
    try {
      loadConfig({ ...production, PASSWORD_PEPPER: secret })
    } catch (error) {
      expect(String(error)).not.toContain(secret)
      return
    }
    throw new Error('It was taken')
  })
})

test('random bytes that happen to begin like a word are taken', () => {
  const rest = 'Q7mZ0yXc4VbT9nLsK2hJ8gFdPwRtUeIoA5qWzErSxDcFvGbHnJmKlP3uYtRe7QwE'
  for (const word of ['dev', 'Test', 'secret'])
    expect(parsePepper(`${word}${rest}`.slice(0, 64))).toHaveLength(48)
})

describe('the process itself ends with 78 and one line', () => {
  test('for workers without a database of their own', async () => {
    expectRefusal(await runToEnd({ SERVICES: 'workers' }), 'SERVICES=workers', 'DATABASE_URL')
  })

  test('for half of the S3 settings', async () => {
    expectRefusal(await runToEnd({ S3_BUCKET: 'raw' }), 'S3_ENDPOINT', 'S3_SECRET_ACCESS_KEY')
  })

  test.each([
    ['absent', { SESSION_KEYS: '', PASSWORD_PEPPER: '' }, 'SESSION_KEYS and PASSWORD_PEPPER'],
    ['short', { SESSION_KEYS: 'k1:c2hvcnQ=' }, 'too short'],
    ['a word and a number', { PASSWORD_PEPPER: 'secret123' }, 'well-known'],
    ['well known', { PASSWORD_PEPPER: 'changeme-changeme-changeme-changeme-changeme' }, 'well-known'],
  ])('for secrets that are %s in production', async (_what, secrets, word) => {
    expectRefusal(await runToEnd({ ...production, ...secrets }), word)
  })

  test('for a database that cannot be reached', async () => {
    expectRefusal(await runToEnd(database), 'DATABASE_URL')
  })

  test('for a bucket that is not there', async () => {
    const settings = { S3_ENDPOINT: 'http://127.0.0.1:1', S3_BUCKET: 'b', S3_ACCESS_KEY_ID: 'a' }
    expectRefusal(await runToEnd({ ...settings, S3_SECRET_ACCESS_KEY: 'k' }), 'S3_')
  })
})

describe('beside a running installation', () => {
  let root: string
  let folders: { dataDir: string; uploadsDir: string }
  let service: Service
  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'tracksensei-config-'))
    folders = { dataDir: path.join(root, 'data'), uploadsDir: path.join(root, 'uploads') }
    service = await startService({}, { ...folders, isEmpty: true })
  })
  afterAll(async () => {
    await service.close()
    await rm(root, { recursive: true, force: true })
  })
  const theirs = () => ({ DATA_DIR: folders.dataDir, UPLOADS_DIR: folders.uploadsDir })

  test('a second process on the same data folder is refused, and the first lives on', async () => {
    expectRefusal(await runToEnd(theirs()), 'DATA_DIR', folders.dataDir)
    expect((await fetch(`${service.baseUrl}/readyz`)).status).toBe(200)
  })

  test('another pepper than the one the passwords were hashed with is refused; the old one starts again', async () => {
    expect(await service.kill('SIGINT')).toBe(0)
    const others = { SESSION_KEYS: `k1:${random()}`, PASSWORD_PEPPER: random() }
    expectRefusal(await runToEnd({ ...theirs(), ...others }), 'PASSWORD_PEPPER')

    const holder = net.createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const address = holder.address()
    if (address === null || typeof address === 'string') throw new Error('No port')
    // The folder exists already, so that this costs one start and no more.
    expectRefusal(await runToEnd({ ...theirs(), PORT: String(address.port) }), String(address.port), 'in use')
    await new Promise((resolve) => holder.close(resolve))

    service = await startService({}, folders)
    expect((await fetch(`${service.baseUrl}/readyz`)).status).toBe(200)
  })
})
