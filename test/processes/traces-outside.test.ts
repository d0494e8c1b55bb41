import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { type ClaudeServer, startClaudeServer } from '../support/claude-server.ts'
import { readable, type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts'
import { makeWav } from '../support/sounds.ts'
import { projectRoot, type Service, startService } from '../support/start-service.ts'
import { type StripeServer, startStripeServer } from '../support/stripe-server.ts'

const EMAIL = 'traces@example.com'
const PASSWORD = 'canary under seven quiet synthesizers'
const CARD = '4242 4242 4242 4242'
/** Random bytes that stand in the raw files and may stand nowhere else. */
const sentinel = randomBytes(4096)
const needle = sentinel.subarray(1000, 1048)

function soundWithSentinel(): Buffer {
  const wav = makeWav({ seconds: 6 })
  sentinel.copy(wav, 44 + 200_000)
  return wav
}

let root: string
let service: Service
let mail: SmtpSink
let claude: ClaudeServer
let stripe: StripeServer
let cookie = ''
const answers: string[] = []

async function send(method: string, url: string, body?: object | FormData): Promise<Response> {
  const isForm = body instanceof FormData
  const type = body === undefined || isForm ? {} : { 'content-type': 'application/json' }
  const response = await fetch(`${service.baseUrl}${url}`, {
    method,
    headers: { origin: service.baseUrl, 'x-ts': '1', cookie, ...type },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  })
  answers.push(await response.clone().text())
  return response
}

/** Waits until there is something. */
async function found<T>(find: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const thing = await find()
    if (thing !== undefined) return thing
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function tokenFrom(subject: string): Promise<string> {
  const isIt = (letter: string) => letter.includes(`Subject: ${subject}`)
  const letter = await found(() => mail.raw.map(readable).find(isIt))
  return /#token=([\w-]+)/.exec(letter)?.[1] ?? ''
}

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'tracksensei-traces-'))
  mail = await startSmtpSink()
  claude = await startClaudeServer()
  stripe = await startStripeServer(() => new Date())
  // The mail server is away at first: the outbox tries again.
  mail.refuseNext(1)
  service = await startService(
    {
      SMTP_URL: mail.url,
      MAIL_FROM: 'TrackSensei <hello@tracksensei.example>',
      ANTHROPIC_API_KEY: 'sk-canary-key',
      ANTHROPIC_BASE_URL: claude.url,
      STRIPE_SECRET_KEY: 'sk_test_canary',
      STRIPE_WEBHOOK_SECRET: 'whsec_canary',
      STRIPE_API_BASE: stripe.url,
      LOG_LEVEL: 'debug',
      TMPDIR: path.join(root),
      NODE_OPTIONS: `--import=${path.join(projectRoot, 'test/support/record-connections.mjs')}`,
      RECORD_CONNECTIONS: path.join(root, 'connections.txt'),
    },
    { dataDir: path.join(root, 'data'), uploadsDir: path.join(root, 'uploads') },
  )
})
afterAll(async () => {
  await service.close()
  await Promise.all([mail.close(), claude.close(), stripe.close()])
  await rm(root, { recursive: true, force: true })
})

async function journey(): Promise<string> {
  await send('POST', '/api/accounts', { email: EMAIL, password: PASSWORD, isSixteenOrOlder: true })
  await send('POST', '/api/accounts/verify', { token: await tokenFrom('Confirm your address') })
  await send('POST', '/api/session', { email: EMAIL, password: `${PASSWORD}?` })
  const login = await send('POST', '/api/session', { email: EMAIL, password: PASSWORD })
  cookie = login.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const form = new FormData()
  form.set('audio', new Blob([new Uint8Array(soundWithSentinel())]), `night ${CARD}.wav`)
  form.set('set', new Blob([new Uint8Array(makeLiveSet(['Bass', 'canary-pluck']))]), 'night.als')
  const { analysisId } = await (await send('POST', '/api/uploads', form)).json()
  await found(async () => {
    const { state } = await (await send('GET', `/api/analyses/${analysisId}`)).json()
    return state === 'done' ? state : undefined
  })
  await (await send('POST', `/api/analyses/${analysisId}/messages`, { text: 'Is it loud?' })).text()
  return analysisId
}

async function filesBelow(folder: string): Promise<{ name: string; bytes: Buffer }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Promise.all(
    files.map(async (entry) => {
      const name = path.join(entry.parentPath, entry.name)
      return { name, bytes: await readFile(name) }
    }),
  )
}

/** Everything that a run left anywhere: database and its journal, folders, logs, answers, letters, what Claude and Stripe got. */
async function placesWith(text: string | Buffer): Promise<string[]> {
  const said: Record<string, string> = {
    output: service.output(),
    answers: answers.join('\n'),
    letters: mail.raw.map(readable).join('\n'),
    claude: claude.requests.map(({ raw }) => raw).join('\n'),
    stripe: stripe.bodies.join('\n'),
  }
  const places = Object.keys(said).filter((name) => Buffer.from(said[name] ?? '').includes(text))
  const files = (await filesBelow(root)).filter(({ bytes }) => bytes.includes(text))
  return [...places, ...files.map(({ name }) => name)]
}

describe('a whole journey, seen from outside', () => {
  let analysisId: string
  beforeAll(async () => {
    analysisId = await journey()
  })

  test('the answer of the coach came from the numbers of this analysis, and is stored once (TS-18)', async () => {
    const { report } = await (await send('GET', `/api/analyses/${analysisId}`)).json()
    const { integratedLufs } = report.loudness
    expect(claude.requests).toHaveLength(1)
    const analysisSent = JSON.parse(claude.requests[0]?.raw ?? '').system[1].text
    expect(JSON.parse(analysisSent).measures['loudness.integratedLufs']).toEqual([
      Math.round(integratedLufs * 100) / 100,
      'LUFS',
    ])
    const { messages } = await (await send('GET', `/api/analyses/${analysisId}/messages`)).json()
    expect(messages.map((one: { role: string; status: string }) => [one.role, one.status])).toEqual([
      ['user', 'complete'],
      ['assistant', 'complete'],
    ])
  })

  test('the service spoke to Claude, Stripe and the mail server, and to nobody else (TS-27)', async () => {
    const portOf = (url: string) => new URL(url).port
    const lines = (await readFile(path.join(root, 'connections.txt'), 'utf8')).trim().split('\n')
    const needed = [portOf(claude.url), String(mail.port)].map((port) => `127.0.0.1 ${port}`)
    for (const line of needed) expect(lines).toContain(line)
    // Usage goes to Stripe once a minute, perhaps not yet.
    expect(lines.filter((line) => ![...needed, `127.0.0.1 ${portOf(stripe.url)}`].includes(line))).toEqual([])
  })

  test('the sound and the set lie nowhere once they were measured (TS-30)', async () => {
    expect(await placesWith(needle)).toEqual([])
    expect(await readdir(path.join(root, 'uploads'))).toEqual([])
  })

  test('the password stands nowhere: not in the database, a log, a letter, an answer or a folder (TS-05)', async () => {
    expect(service.output()).toContain('"event":"request"')
    expect(await placesWith(PASSWORD)).toEqual([])
    expect(await placesWith('canary under')).toEqual([])
    // The same search finds what is there.
    expect((await placesWith(EMAIL)).some((place) => place.includes('database'))).toBe(true)
  })

  test('keys and session cookies stand in no log, letter or answer (T34)', async () => {
    for (const secret of ['sk-canary-key', 'sk_test_canary', 'whsec_canary', cookie.split('=')[1] ?? 'none'])
      expect(await placesWith(secret)).toEqual([])
  })

  test('a card number is refused in every field that takes text, and kept nowhere (TS-15)', async () => {
    const refusals = [
      await send('PATCH', '/api/me', { displayName: `Ada ${CARD}` }),
      await send('POST', `/api/analyses/${analysisId}/messages`, { text: `Mine is ${CARD}, thanks` }),
      await send('POST', '/api/accounts', {
        email: 'other@example.com',
        password: PASSWORD,
        displayName: CARD.replaceAll(' ', ''),
        isSixteenOrOlder: true,
      }),
    ]
    const form = new FormData()
    form.set('set', new Blob([new Uint8Array(makeLiveSet(['Bass']))]), 'night.als')
    form.set('intent', JSON.stringify({ kind: 'mix', notes: `charge ${CARD.replaceAll(' ', '-')}` }))
    refusals.push(await send('POST', '/api/uploads', form))
    for (const refusal of refusals) {
      expect(refusal.status).toBe(422)
      expect((await refusal.json()).code).toBe('card-number')
    }
    for (const written of [CARD, CARD.replaceAll(' ', ''), CARD.replaceAll(' ', '-')])
      expect(await placesWith(written)).toEqual([])
  })

  test('only letters that the account needs were sent, one for each cause, also by a mail server that was away (TS-22, T25)', async () => {
    await send('POST', '/api/password-resets', { email: EMAIL })
    await tokenFrom('Set a new password')
    const subjects = mail.raw.map((letter) => /^Subject: (.*)$/m.exec(letter)?.[1]?.trim())
    expect(subjects).toEqual(['Confirm your address for TrackSensei', 'Set a new password for TrackSensei'])
    for (const letter of mail.raw.map(readable)) {
      expect(letter).toContain('From: TrackSensei <hello@tracksensei.example>')
      for (const [, host] of letter.matchAll(/https?:\/\/([^/\s"]+)/g))
        expect(host).toBe(new URL(service.baseUrl).host)
    }
  })
})
