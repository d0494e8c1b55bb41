import { randomBytes } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { strFromU8, unzipSync } from 'fflate'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CURRENT_POLICY_VERSION } from '../../src/accounts/policy-version-contract.ts'
import { fetchExport } from '../../src/privacy/fetch-export.ts'
import { giveUpExport } from '../../src/privacy/make-export.ts'
import { eraseFor, exportFor, listDue, monthLater, noteRequest } from '../../src/privacy/operator.ts'
import { allPersonalData } from '../../src/privacy/personal-data.ts'
import { policies } from '../../src/privacy/policies.ts'
import { publishPolicy } from '../../src/privacy/publish-policy.ts'
import { sweep } from '../../workers/sweep.ts'
import { enter } from '../analyses/sessions.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { createClient, joinService, PASSWORD } from '../support/api-client.ts'
import { type ClaudeServer, startClaudeServer } from '../support/claude-server.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { tracesOf } from './traces.ts'

const DAY_MS = 86_400_000

describe.each(databaseKinds)('rights on %s', (kind) => {
  let service: TestService
  let claude: ClaudeServer
  beforeAll(async () => {
    claude = await startClaudeServer()
    service = await openTestService({
      kind,
      env: { ANTHROPIC_API_KEY: 'sk-test', ANTHROPIC_BASE_URL: claude.url },
    })
  })
  afterAll(async () => {
    await service.close()
    await claude.close()
  })

  const lettersTo = async (email: string, subject: string) =>
    (await service.letters()).filter((letter) => letter.to === email && letter.subject === subject)
  const COPY_SUBJECT = 'Your copy of your TrackSensei data is ready'

  async function copyToken(email: string, letters = 1): Promise<string> {
    await expect.poll(async () => (await lettersTo(email, COPY_SUBJECT)).length).toBe(letters)
    return /fetch-copy#token=([\w-]+)/.exec((await lettersTo(email, COPY_SUBJECT))[0]?.text ?? '')?.[1] ?? ''
  }
  const fetchCopy = (token: string) =>
    request(service.app)
      .post('/api/exports/fetch')
      .set('Sec-Fetch-Site', 'same-origin')
      .send({ token })
      .buffer(true)
      .parse((stream, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => done(null, Buffer.concat(chunks)))
      })

  test('the copy holds everything that is exported of a person and nothing of anybody else, as JSON and CSV (TS-46, TS-49)', async () => {
    const person = await joinService(service)
    const bystander = await joinService(service)
    await person.send('patch', '/api/me', { displayName: 'Ada, "the ear"' })
    const { analysisId } = (
      await person.upload({ set: { bytes: makeLiveSet(['Bass']), name: 'canary, one.als' } })
    ).body
    await person.finished(analysisId)
    await person.send('post', `/api/analyses/${analysisId}/messages`, { text: 'A canary in the question?' })
    await person.send('post', `/api/analyses/${analysisId}/messages`, { text: '=HYPERLINK("x")' })

    expect((await person.send('post', '/api/me/export', { password: 'guess' })).status).toBe(422)
    expect((await person.send('post', '/api/me/export', { password: PASSWORD })).status).toBe(202)
    const answer = await fetchCopy(await copyToken(person.email))
    expect(answer.status).toBe(200)
    expect(answer.headers['content-type']).toBe('application/zip')
    const body: unknown = answer.body
    if (!Buffer.isBuffer(body)) throw new Error('No bytes came')
    const files = unzipSync(new Uint8Array(body))
    const text = (name: string) => strFromU8(files[name] ?? new Uint8Array())
    const copy = JSON.parse(text('export.json'))
    const ajv = new Ajv2020({ strict: false })
    formats.default(ajv)
    const validate = ajv.compile(JSON.parse(text('export.schema.json')))
    expect(validate(copy), ajv.errorsText(validate.errors)).toBe(true)
    expect(copy.tables.users[0]).toMatchObject({ email: person.email, display_name: 'Ada, "the ear"' })
    expect(copy.tables.analyses[0].audio_name ?? copy.tables.analyses[0].set_name).toBe('canary, one.als')
    expect(copy.tables.messages.map((message: { text: string }) => message.text)).toContain(
      'A canary in the question?',
    )
    expect(text('csv/users.csv')).toContain('"Ada, ""the ear"""')
    expect(text('csv/messages.csv')).toContain(`"'=HYPERLINK(""x"")"`)
    for (const [table, facts] of Object.entries(allPersonalData)) {
      if (facts.owner === null) continue
      const columns = Object.keys(facts.columns).filter((column) => typeof facts.columns[column] === 'string')
      expect(text(`csv/${table}.csv`).split('\r\n')[0]).toBe(columns.join(','))
    }
    const everything = Object.values(files)
      .map((file) => strFromU8(file))
      .join('')
    expect(everything).not.toContain(bystander.email)
    expect(everything).not.toMatch(/\$2b\$12\$/)
  })

  test('the link works once and within 24 hours, and a copy can be made once a day (T35)', async () => {
    const person = await joinService(service)
    const ask = () => person.send('post', '/api/me/export', { password: PASSWORD })
    expect((await ask()).status).toBe(202)
    const first = await copyToken(person.email)
    expect([(await fetchCopy(first)).status, (await fetchCopy(first)).status]).toEqual([200, 410])
    const again = await ask()
    expect([again.status, again.body.code]).toEqual([429, 'privacy/export-recent'])
    service.clock.advance(DAY_MS)
    expect((await ask()).status).toBe(202)
    const late = await copyToken(person.email, 2)
    service.clock.advance(DAY_MS)
    expect((await fetchCopy(late)).status).toBe(410)
    await sweep(service.ctx)
    expect(await service.ctx.db.selectFrom('exports').selectAll().execute()).toEqual([])
  })

  test('what is deleted is gone from a waiting copy in the same moment, and its link gives one without it (TS-33)', async () => {
    const person = await joinService(service)
    const ids: string[] = []
    for (const name of ['canary-kept.als', 'canary-deleted.als']) {
      const { analysisId } = (await person.upload({ set: { bytes: makeLiveSet(['Bass']), name } })).body
      await person.finished(analysisId)
      ids.push(analysisId)
    }
    await person.send('post', '/api/me/export', { password: PASSWORD })
    const token = await copyToken(person.email)
    expect((await person.send('get', '/api/me/export')).body.state).toBe('ready')
    await person.send('delete', `/api/analyses/${ids[1]}`)
    expect(await service.ctx.db.selectFrom('export_parts').select('number').execute()).toEqual([])
    const early = await fetchCopy(token)
    expect([early.status, early.headers['retry-after']]).toEqual([503, '90'])
    await sweep(service.ctx)
    await expect.poll(async () => (await person.send('get', '/api/me/export')).body.state).toBe('ready')
    const copy: unknown = (await fetchCopy(token)).body
    if (!Buffer.isBuffer(copy)) throw new Error('No bytes came')
    const text = strFromU8(unzipSync(new Uint8Array(copy))['export.json'] ?? new Uint8Array())
    expect([text.includes('canary-kept'), text.includes('canary-deleted')]).toEqual([true, false])
    expect(await service.ctx.db.selectFrom('export_parts').select('number').execute()).toEqual([])
    expect(await lettersTo(person.email, COPY_SUBJECT)).toHaveLength(1)
  })

  test('a copy is kept and sent in parts, none much larger than a megabyte', async () => {
    const person = await enter(service, `much.${kind}@example.com`)
    const noise = Array.from({ length: 30 }, () => randomBytes(150_000).toString('base64'))
    for (const text of noise)
      await service.ctx.db
        .insertInto('analyses')
        .values({
          user_id: person.userId,
          state: 'done',
          stage: 'done',
          intent: '{}',
          report: JSON.stringify({ text }),
          created_at: service.clock.now(),
          expires_at: new Date(service.clock.now().getTime() + DAY_MS),
        })
        .execute()
    const sizes: number[] = []
    const received: Uint8Array[] = []
    await exportFor(service.ctx, `much.${kind}@example.com`, 'called back', async (part) => {
      sizes.push(part.length)
      received.push(part)
    })
    expect(sizes.length).toBeGreaterThan(4)
    expect(Math.max(...sizes)).toBeLessThan(3_500_000)
    const { tables } = JSON.parse(
      strFromU8(unzipSync(new Uint8Array(Buffer.concat(received)))['export.json'] ?? new Uint8Array()),
    )
    const texts = tables.analyses.map((row: { report: { text: string } }) => row.report.text)
    expect(new Set(texts)).toEqual(new Set(noise))
  })

  test('a copy that could not be made, or broke off, can be asked for again at once', async () => {
    const person = await joinService(service)
    const ask = () => person.send('post', '/api/me/export', { password: PASSWORD })
    const state = async () => (await person.send('get', '/api/me/export')).body.state
    expect(await state()).toBe('none')
    await ask()
    await copyToken(person.email)
    const { id } = await service.ctx.db
      .selectFrom('exports')
      .select('id')
      .where('state', '=', 'ready')
      .executeTakeFirstOrThrow()
    await giveUpExport(service.ctx, id)
    expect(await state()).toBe('failed')
    expect((await ask()).status).toBe(202)
    const token = await copyToken(person.email, 2)
    const parts = await fetchExport(service.ctx, token)
    await parts.next()
    await parts.return(undefined)
    expect(await state()).toBe('failed')
    expect((await ask()).status).toBe(202)
  })

  test('notes of requests by letter go after three years, not a second before', async () => {
    await service.ctx.db.deleteFrom('rights_requests').execute()
    await noteRequest(service.ctx, { kind: 'object', email: 'someone@example.com', note: 'wrote' })
    const count = async () =>
      (await service.ctx.db.selectFrom('rights_requests').select('id').execute()).length
    service.clock.advance(3 * 365 * DAY_MS - 1000)
    await sweep(service.ctx)
    expect(await count()).toBe(1)
    service.clock.advance(1000)
    await sweep(service.ctx)
    expect(await count()).toBe(0)
  })

  test('whoever objects gets no answer of a language model from the next question on, and the analysis works (TS-50, TS-51)', async () => {
    const person = await enter(service, `objects.${kind}@example.com`)
    const { analysisId } = (await person.upload({ set: makeLiveSet(['Bass']) })).body
    await person.finished(analysisId)
    const ask = () => person.send('post', `/api/analyses/${analysisId}/messages`, { text: 'How fast is it?' })
    const sources = async () =>
      (await person.send('get', `/api/analyses/${analysisId}/messages`)).body.messages
        .map((message: { source: string }) => message.source)
        .filter((source: string) => source !== 'user')
    await ask()
    const calls = claude.requests.length
    expect(calls).toBeGreaterThan(0)
    const objected = await person.send('patch', '/api/me/privacy', { languageModel: false })
    expect(objected.body).toMatchObject({ languageModel: false })
    await ask()
    expect(claude.requests.length).toBe(calls)
    await person.send('patch', '/api/me/privacy', { languageModel: true })
    await ask()
    expect(claude.requests.length).toBe(calls + 1)
    expect(await sources()).toEqual(['claude', 'offline-coach', 'claude'])
    const { ledger } = (await person.send('get', '/api/me/privacy')).body
    expect(ledger).toEqual([
      {
        subject: 'language-model',
        isGiven: false,
        policyVersion: CURRENT_POLICY_VERSION,
        happenedAt: expect.any(String),
      },
      {
        subject: 'language-model',
        isGiven: true,
        policyVersion: CURRENT_POLICY_VERSION,
        happenedAt: expect.any(String),
      },
    ])
  })

  test('what was agreed to at registration is in the ledger, with the version of the policy (TS-51)', async () => {
    const person = await joinService(service)
    const { ledger } = (await person.send('get', '/api/me/privacy')).body
    expect(ledger.map((row: { subject: string; isGiven: boolean }) => [row.subject, row.isGiven])).toEqual([
      ['privacy-policy', true],
      ['age-16', true],
    ])
  })

  test('the policy is there with its date and every version it ever had (TS-01)', async () => {
    const client = createClient(service)
    const { current, versions } = (await client.send('get', '/api/policies')).body
    expect(current.version).toBe(CURRENT_POLICY_VERSION)
    expect(versions.map((entry: { version: string }) => entry.version)).toEqual(
      policies.map((policy) => policy.version),
    )
    for (const { version } of versions)
      expect((await client.send('get', `/api/policies/${version}`)).body.version).toBe(version)
    expect((await client.send('get', '/api/policies/1999-01-01')).status).toBe(404)
  })

  test('a significant change is told to each confirmed person once, also when the run is cut and begun again (TS-57)', async () => {
    const people = []
    for (let index = 0; index < 5; index += 1) people.push(`reader${index}.${kind}@example.com`)
    for (const email of people) await enter(service, email)
    const unconfirmed = await joinService(service, { isVerified: false })
    const policy = { ...policies[0], version: '2030-01-01', isSignificant: true, changes: 'Something new.' }
    let writes = 0
    const queue = {
      ...service.ctx.queue,
      enqueue: async (...args: Parameters<typeof service.ctx.queue.enqueue>) => {
        writes += 1
        if (writes === 3) throw new Error('killed')
        await service.ctx.queue.enqueue(...args)
      },
    }
    await expect(publishPolicy({ ...service.ctx, queue }, policy)).rejects.toThrow('killed')
    await Promise.all([publishPolicy(service.ctx, policy), publishPolicy(service.ctx, policy)])
    await publishPolicy(service.ctx, policy)
    const subject = 'The TrackSensei privacy policy changes'
    for (const email of people)
      await expect.poll(async () => (await lettersTo(email, subject)).length).toBe(1)
    const rows = await service.ctx.db
      .selectFrom('letters')
      .select('user_id')
      .where('kind', '=', 'policy-changed')
      .execute()
    expect(new Set(rows.map((row) => row.user_id)).size).toBe(rows.length)
    expect(await lettersTo(unconfirmed.email, subject)).toEqual([])
  })

  test('an operator answers letters: a copy, a deletion, a list of what is due within a month (TS-52, TS-56)', async () => {
    const person = await joinService(service)
    const dueAt = await noteRequest(service.ctx, { kind: 'erase', email: person.email, note: 'called back' })
    expect(dueAt).toEqual(monthLater(service.clock.now()))
    expect((await listDue(service.ctx)).map((row) => row.kind)).toEqual(['erase'])
    const parts: Uint8Array[] = []
    await exportFor(service.ctx, person.email.toUpperCase(), 'called back', async (part) => {
      parts.push(part)
    })
    const archive = unzipSync(new Uint8Array(Buffer.concat(parts)))
    expect(strFromU8(archive['export.json'] ?? new Uint8Array())).toContain(person.email)
    await eraseFor(service.ctx, person.email, 'called back')
    expect((await person.send('get', '/api/me')).status).toBe(401)
    expect(await listDue(service.ctx)).toEqual([])
    const audit = await service.ctx.db.selectFrom('rights_requests').selectAll().execute()
    expect(
      audit.map((row) => `${row.kind} ${row.done_at !== null}`).toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['erase true', 'erase true', 'export true'])
    await expect.poll(() => tracesOf(service, [person.email])).toEqual([])
    await expect(eraseFor(service.ctx, person.email, 'again')).rejects.toThrow('no such account')
  })
})

test('a month later is the same day, or the last of a shorter month', () => {
  const days = ['2027-01-31', '2028-01-31', '2027-11-15', '2027-12-31']
  expect(
    days.map((day) =>
      monthLater(new Date(`${day}T10:00:00Z`))
        .toISOString()
        .slice(0, 10),
    ),
  ).toEqual(['2027-02-28', '2028-02-29', '2027-12-15', '2028-01-31'])
})
