import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { messageListSchema } from '../../src/feedback/contract.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { cookieFor } from '../journeys/people.ts'
import { startClaudeServer } from '../support/claude-server.ts'
import { type Service, startService } from '../support/start-service.ts'
import { databaseKinds, makePostgresDatabase } from '../support/test-databases.ts'
import { noiseFlac } from '../uploads/encoded-sounds.ts'
import { type DecoderProgram, decodersIn, makeHangingDecoder, makeSlowDecoder } from './slow-decoder.ts'
import { type Visitor, visit, visitAgain } from './visitor.ts'

const SOUND_SECONDS = 6
const TAKEN_OVER_MS = 20_000

let decoder: DecoderProgram
let hanging: DecoderProgram
let sound: Buffer
let root: string
beforeAll(async () => {
  decoder = await makeSlowDecoder()
  hanging = await makeHangingDecoder()
  sound = noiseFlac(SOUND_SECONDS)
  root = await mkdtemp(path.join(tmpdir(), 'tracksensei-kill-'))
})
afterAll(async () => {
  await decoder.remove()
  await hanging.remove()
  await rm(root, { recursive: true, force: true })
})

function newFolders(name: string) {
  return { dataDir: path.join(root, name, 'data'), uploadsDir: path.join(root, name, 'uploads') }
}

async function untilDone(visitor: Visitor, id: string): Promise<void> {
  await expect
    .poll(async () => (await visitor.analysis(id)).state, { timeout: 40_000, interval: 200 })
    .toBe('done')
}

describe.runIf(databaseKinds.includes('postgres'))(
  'a worker that is killed in the middle of an analysis',
  () => {
    let database: Awaited<ReturnType<typeof makePostgresDatabase>>
    let web: Service
    let workers: Service[] = []
    const folders = () => newFolders('two-workers')
    beforeAll(async () => {
      database = await makePostgresDatabase()
      const env = { DATABASE_URL: database.url, FFMPEG_PATH: decoder.file }
      web = await startService({ ...env, SERVICES: 'web' }, folders())
      const first = await startService({ ...env, SERVICES: 'workers' }, folders())
      workers = [first, await startService({ ...env, SERVICES: 'workers' }, folders())]
    })
    afterAll(async () => {
      for (const service of [web, ...workers]) await service.close()
      await database.drop()
    })

    test('is replaced by another within 20 s: one result, charged once, no decoder left (T23)', async () => {
      const visitor = await visit(web)
      const id = await visitor.upload({ audio: sound, set: makeLiveSet(['Bass']) })
      // The decoder itself, not the look at the file before it.
      const decoding = () => decodersIn(web.uploadsDir).find(({ command }) => command.includes('ffmpeg -re'))
      const analyst = () => workers.find((worker) => decoding()?.ancestors.includes(worker.pid))
      await expect.poll(analyst, { timeout: 15_000 }).toBeDefined()
      const victim = analyst()
      const heir = workers.find((worker) => worker !== victim)
      if (!victim || !heir) throw new Error('Nobody was analysing')

      expect(await victim.kill('SIGKILL')).toBeNull()
      const killedAt = performance.now()
      await expect
        .poll(() => decodersIn(web.uploadsDir).filter(({ ancestors }) => !ancestors.includes(heir.pid)), {
          timeout: 2000,
        })
        .toEqual([])
      await expect
        .poll(() => decodersIn(web.uploadsDir).some(({ ancestors }) => ancestors.includes(heir.pid)), {
          timeout: TAKEN_OVER_MS,
        })
        .toBe(true)
      expect(performance.now() - killedAt).toBeLessThan(TAKEN_OVER_MS)

      await untilDone(visitor, id)
      const { report, rawFiles } = await visitor.analysis(id)
      expect(report?.source?.durationSeconds).toBeCloseTo(SOUND_SECONDS, 2)
      expect(rawFiles.every((file) => file.deletedAt !== null)).toBe(true)
      expect(await visitor.usage()).toMatchObject({ used: 1, reserved: 0 })
      expect(await web.rawFiles()).toEqual([])
      expect(decodersIn(web.uploadsDir)).toEqual([])

      const client = new pg.Client({ connectionString: database.url })
      await client.connect()
      const { rows } = await client.query('select state from usage_units')
      expect(rows).toEqual([{ state: 'used' }])
      await client.end()
    })
  },
)

describe('the one process of an embedded installation', () => {
  const folders = newFolders.bind(undefined, 'embedded')
  let service: Service
  beforeAll(async () => {
    service = await startService({ FFMPEG_PATH: hanging.file }, folders())
  })
  afterAll(() => service.close())

  test('killed while its decoders hang and started again, goes on with everything it had', async () => {
    const before = await visit(service)
    const ids = [
      await before.upload({ audio: sound }),
      await before.upload({ audio: sound }),
      // More than it does at once: this one waits.
      await before.upload({ audio: noiseFlac(1), set: makeLiveSet(['Bass']) }),
    ]
    await expect.poll(() => decodersIn(service.uploadsDir).length, { timeout: 15_000 }).toBeGreaterThan(0)
    await service.kill('SIGKILL')
    await expect.poll(() => decodersIn(service.uploadsDir), { timeout: 2000 }).toEqual([])

    service = await startService({ FFMPEG_PATH: decoder.file }, folders())
    // The session of before, and a new login: accounts survived as well.
    const after = visitAgain(service, before.email, before.cookie)
    expect(await cookieFor(service, before.email)).toMatch(/^__Host-ts=/)
    for (const id of ids) await untilDone(after, id)
    expect(await after.usage()).toMatchObject({ used: 3, reserved: 0 })
    expect(await service.rawFiles()).toEqual([])
  })

  test('interrupted by Ctrl-C ends in under 5 s, also while it analyses and somebody watches, and leaves no decoder', async () => {
    const visitor = await visit(service)
    const id = await visitor.upload({ audio: noiseFlac(30, 8000) })
    const watching = visitor.events(id).catch(() => 'cut off')
    await expect.poll(() => decodersIn(service.uploadsDir).length, { timeout: 15_000 }).toBeGreaterThan(0)
    const start = performance.now()
    expect(await service.kill('SIGINT')).toBe(0)
    expect(performance.now() - start).toBeLessThan(5000)
    await expect.poll(() => decodersIn(service.uploadsDir), { timeout: 1000 }).toEqual([])
    expect(await watching).toBeDefined()
    expect(await service.rawFiles()).toHaveLength(1)
  })

  test('interrupted by Ctrl-C ends in under 5 s also when its decoder hangs', async () => {
    service = await startService({ FFMPEG_PATH: hanging.file }, folders())
    await expect.poll(() => decodersIn(service.uploadsDir).length, { timeout: 20_000 }).toBeGreaterThan(0)
    const start = performance.now()
    expect(await service.kill('SIGINT')).toBe(0)
    expect(performance.now() - start).toBeLessThan(5000)
    await expect.poll(() => decodersIn(service.uploadsDir), { timeout: 1000 }).toEqual([])
  })

  test('started again, finishes what Ctrl-C interrupted, and with nothing to do ends at once', async () => {
    service = await startService({}, folders())
    await expect.poll(() => service.rawFiles(), { timeout: 30_000, interval: 200 }).toEqual([])
    const start = performance.now()
    expect(await service.kill('SIGINT')).toBe(0)
    expect(performance.now() - start).toBeLessThan(3000)
  })
})

describe('a service that is killed while it answers', () => {
  test('leaves no answer "streaming" for longer than a minute, keeps what had come and charges nothing', {
    timeout: 180_000,
  }, async () => {
    const claude = await startClaudeServer()
    const env = { ANTHROPIC_API_KEY: 'test-key', ANTHROPIC_BASE_URL: claude.url, FFMPEG_PATH: decoder.file }
    let service = await startService(env, newFolders('answering'))
    try {
      const visitor = await visit(service)
      const id = await visitor.upload({ audio: noiseFlac(1) })
      await untilDone(visitor, id)
      claude.behave({ kind: 'answer', text: 'Word after word. '.repeat(400), delayMsPerDelta: 50 })
      const broken = visitor.ask(id, 'Tell me everything').catch(() => 'broken off')
      const answer = async () => {
        const headers = { cookie: visitor.cookie }
        const response = await fetch(`${service.baseUrl}/api/analyses/${id}/messages`, { headers })
        return messageListSchema.parse(await response.json()).messages.at(-1)
      }
      await expect.poll(async () => (await answer())?.text).toContain('Word after word.')
      await service.kill('SIGKILL')
      const killedAt = performance.now()
      expect(await broken).toBe('broken off')

      service = await startService(env, newFolders('answering'))
      await expect
        .poll(async () => (await answer())?.status, { timeout: 60_000, interval: 500 })
        .toBe('failed')
      expect(performance.now() - killedAt).toBeLessThan(60_000)
      expect((await answer())?.text).toContain('Word after word.')
      const usage = await fetch(`${service.baseUrl}/api/usage`, { headers: { cookie: visitor.cookie } })
      expect((await usage.json()).messages).toMatchObject({ used: 0, reserved: 0 })
    } finally {
      await service.close()
      await claude.close()
    }
  })
})
