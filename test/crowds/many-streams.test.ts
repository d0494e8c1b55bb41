import { randomUUID } from 'node:crypto'
import type net from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessionCookie } from '../../src/accounts/session-cookie.ts'
import { STREAMS_PER_ACCOUNT } from '../../src/core/http/streams-per-account.ts'
import { openPostgres } from '../../src/platform/db/open-postgres.ts'
import { type Service, startService } from '../support/start-service.ts'
import { databaseKinds, makePostgresDatabase } from '../support/test-databases.ts'
import { KEYS, keepAsking, memoryMb, openSocket, percentile, portOf, secretsOfKeys } from './crowd.ts'

/** `npm run storm:crowds` opens 10,000. */
const STREAMS = Number(process.env.STREAMS ?? 1000)
/** 400 MB for 10,000; fewer have to be content with less. */
const LIMIT_MB = 240 + STREAMS * 0.016
/** What docs/operations.md advises for a process that serves the web alone. */
const WEB_OPTIONS = '--max-semi-space-size=4'
const AT_ONCE = 50

describe.runIf(databaseKinds.includes('postgres'))('a crowd that watches its analyses', () => {
  let database: Awaited<ReturnType<typeof makePostgresDatabase>>
  let web: Service
  const sockets: net.Socket[] = []
  beforeAll(async () => {
    database = await makePostgresDatabase()
    // No workers: the analyses wait, and their streams would never end by themselves.
    web = await startService({
      ...KEYS,
      DATABASE_URL: database.url,
      SERVICES: 'web',
      NODE_OPTIONS: WEB_OPTIONS,
    })
  })
  afterAll(async () => {
    for (const socket of sockets) socket.destroy()
    await web.close()
    await database.drop()
  })

  /** One request for a stream for each of the ten that an account may follow. */
  async function requestsOf(accounts: number): Promise<string[]> {
    const { db, close } = await openPostgres(database.url)
    const now = new Date()
    const later = new Date(now.getTime() + 86_400_000)
    const rows = Array.from({ length: accounts }, () => ({
      userId: randomUUID(),
      sessionId: randomUUID(),
      analysisId: randomUUID(),
    }))
    await db
      .insertInto('users')
      .values(
        rows.map(({ userId }) => ({
          id: userId,
          email: `${userId}@example.com`,
          display_name: null,
          password_hash: 'nobody logs in',
          verified_at: now,
          sixteen_or_older_at: now,
          stripe_customer_id: null,
          created_at: now,
        })),
      )
      .execute()
    await db
      .insertInto('login_sessions')
      .values(
        rows.map(({ userId, sessionId }) => ({
          id: sessionId,
          user_id: userId,
          created_at: now,
          last_seen_at: now,
          expires_at: later,
          generation_seen_at: null,
        })),
      )
      .execute()
    await db
      .insertInto('analyses')
      .values(
        rows.map(({ userId, analysisId }) => ({
          id: analysisId,
          user_id: userId,
          state: 'queued' as const,
          stage: 'queued',
          audio_name: 'mix.wav',
          set_name: null,
          reference_id: null,
          reference_name: null,
          earlier_id: null,
          intent: JSON.stringify({ kind: 'mix' }),
          report: null,
          failure_code: null,
          failure_detail: null,
          created_at: now,
          finished_at: null,
          expires_at: later,
        })),
      )
      .execute()
    await close()
    return rows.map(({ userId, sessionId, analysisId }) => {
      const cookie = sessionCookie(secretsOfKeys(), { userId, sessionId, generation: 0 }, now).split(';')[0]
      return `GET /api/analyses/${analysisId}/events HTTP/1.1\r\nHost: crowd\r\nCookie: ${cookie}\r\n\r\n`
    })
  }

  /** The stream has begun: its first event is there. */
  async function follow(request: string): Promise<void> {
    const socket = await openSocket(portOf(web.baseUrl), request)
    sockets.push(socket)
    await new Promise<void>((resolve, reject) => {
      let text = ''
      socket.on('data', (chunk: Buffer) => {
        text = (text + chunk.toString()).slice(-4000)
        if (text.includes('"state":"queued"')) resolve()
        else if (/^HTTP\/1\.1 [^2]/.test(text)) reject(new Error(text))
      })
      socket.on('close', () => reject(new Error(`The stream ended: ${text}`)))
    })
    socket.removeAllListeners('data')
    socket.resume()
  }

  test(`${STREAMS} streams fit within ${LIMIT_MB} MB, and others are answered meanwhile (T20)`, {
    timeout: 120_000 + STREAMS * 30,
  }, async () => {
    const requests = (await requestsOf(Math.ceil(STREAMS / STREAMS_PER_ACCOUNT)))
      .flatMap((request) => Array.from({ length: STREAMS_PER_ACCOUNT }, () => request))
      .slice(0, STREAMS)
    const before = await memoryMb(web.pid)
    const stopAsking = keepAsking(async () => {
      expect((await fetch(`${web.baseUrl}/healthz`)).status).toBe(200)
    }, 50)
    const begun = performance.now()
    for (let from = 0; from < STREAMS; from += AT_ONCE)
      await Promise.all(requests.slice(from, from + AT_ONCE).map(follow))
    const openedMs = performance.now() - begun
    // In a whole storm until every stream has had its sign of life.
    await new Promise((resolve) => setTimeout(resolve, STREAMS < 10_000 ? 1000 : 16_000))
    const healthMs = await stopAsking()
    const after = await memoryMb(web.pid)
    const kbEach = ((after.now - before.now) * 1024) / STREAMS
    console.log(
      `${STREAMS} streams: ${before.now.toFixed(0)} MB before, ${after.now.toFixed(0)} MB with them, ${after.most.toFixed(0)} MB at most; ${kbEach.toFixed(1)} kB each; opened in ${(openedMs / 1000).toFixed(1)} s; /healthz meanwhile: median ${percentile(healthMs, 0.5).toFixed(0)} ms, p99 ${percentile(healthMs, 0.99).toFixed(0)} ms`,
    )
    expect(sockets.filter((socket) => !socket.destroyed)).toHaveLength(STREAMS)
    expect(after.most).toBeLessThan(LIMIT_MB)
    expect(percentile(healthMs, 0.5)).toBeLessThan(1000)
  })
})
