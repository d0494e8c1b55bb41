import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { cookieFor } from '../journeys/people.ts'
import { type Service, startService } from '../support/start-service.ts'
import { noiseFlac } from '../uploads/encoded-sounds.ts'
import { type Visitor, visit, visitAgain } from './visitor.ts'

const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1'
const arm = '/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1'
const faketime = [library, arm].find(existsSync)
if (!faketime)
  process.stdout.write('No libfaketime here: the run under a moved clock is skipped (package faketime).\n')

const SECOND_MS = 1000
const HOUR_MS = 3600 * SECOND_MS
const DAY_MS = 24 * HOUR_MS

/** The process believes that it is so much later; nothing else in it knows. */
function later(ms: number): Record<string, string> {
  return {
    LD_PRELOAD: faketime ?? '',
    FAKETIME: `+${ms / SECOND_MS}s`,
    DONT_FAKE_MONOTONIC: '1',
    FAKETIME_NO_CACHE: '1',
    TZ: 'America/New_York',
  }
}

/** Its header is whole; what follows is not. */
function damagedFlac(): Buffer {
  const bytes = noiseFlac(4)
  bytes.fill(0x55, bytes.length / 2, bytes.length / 2 + 60_000)
  return bytes
}

describe.skipIf(!faketime)('the service under a clock that was moved while it was down', () => {
  let root: string
  let folders: { dataDir: string; uploadsDir: string }
  let service: Service
  let person: Visitor
  let failedAt: number
  let doneAt: number
  let doneId: string

  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'tracksensei-clock-'))
    folders = { dataDir: path.join(root, 'data'), uploadsDir: path.join(root, 'uploads') }
    service = await startService({}, folders)
    person = await visit(service)
    failedAt = Date.now()
    const failedId = await person.upload({ audio: damagedFlac() })
    await person.events(failedId)
    expect((await person.analysis(failedId)).state).toBe('failed')
    doneAt = Date.now()
    doneId = await person.upload({ set: makeLiveSet(['Bass']) })
    await person.events(doneId)
    await service.kill('SIGINT')
  })
  afterAll(async () => {
    await service.close()
    await rm(root, { recursive: true, force: true })
  })

  /** Starts it at this moment after `since`; when it says that it has started, the sweeper has been through once. */
  async function startAt(since: number, afterMs: number): Promise<void> {
    service = await startService(later(since + afterMs - Date.now()), folders)
  }

  test('a failed file is there a moment before its 23 and a half hours are over, and gone when it starts after them (TS-32)', async () => {
    await startAt(failedAt, 23.5 * HOUR_MS - 40 * SECOND_MS)
    expect(await service.rawFiles()).toHaveLength(1)
    await service.kill('SIGINT')
    await startAt(failedAt, 23.5 * HOUR_MS + 10 * SECOND_MS)
    expect(await service.rawFiles()).toEqual([])
    await service.kill('SIGINT')
  }, 180_000)

  test('a result is there on the last day of its thirty, and gone after them (TS-33)', async () => {
    const openAgain = async () => visitAgain(service, person.email, await cookieFor(service, person.email))
    await startAt(doneAt, 30 * DAY_MS - 60 * SECOND_MS)
    expect((await (await openAgain()).analysis(doneId)).state).toBe('done')
    await service.kill('SIGINT')
    await startAt(doneAt, 30 * DAY_MS + 10 * SECOND_MS)
    const gone = await fetch(`${service.baseUrl}/api/analyses/${doneId}`, {
      headers: { cookie: await cookieFor(service, person.email) },
    })
    expect(gone.status).toBe(404)
  }, 180_000)
})
