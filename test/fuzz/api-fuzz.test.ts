import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listOperations } from '../../src/app.ts'
import type { Operation } from '../../src/core/http/operation.ts'
import { describeApi } from '../../src/open-api.ts'
import { enter } from '../analyses/sessions.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { createAnswerCheck } from '../support/api-schema.ts'
import { ORIGIN, openTestService, type TestService } from '../support/test-service.ts'
import { type Known, type Schema, spoilt, validFor } from './from-schema.ts'
import { type Call, type CallAnswer, callOnce } from './http-call.ts'

/** `npm run fuzz` sends 100,000; a run that fails is run again by its seed. */
const REQUESTS = Number(process.env.REQUESTS ?? 2000)
const SEED = Number(process.env.SEED ?? 1)
const P99_LIMIT_MS = 250
const PEOPLE_EVERY = 250

/** Answers that need a certain past; the tests of their features bring it about. */
const needsAPast = /^(402|409|410) /

let service: TestService
let operations: Operation[]
let document: ReturnType<typeof describeApi>
let port: number
let stop: () => Promise<void>

interface People {
  cookies: (string | undefined)[]
  owner: string
  ids: string[]
}
let people: People
let round = 0

/** Whoever was deleted or logged out by a request makes place for others. */
async function gather(): Promise<People> {
  round += 1
  const owner = await enter(service, `owner${round}@example.com`)
  const other = await enter(service, `other${round}@example.com`)
  const doubtful = await enter(service, `doubtful${round}@example.com`)
  await service.ctx.db
    .updateTable('users')
    .set({ verified_at: null })
    .where('id', '=', doubtful.userId)
    .execute()
  const { analysisId } = (await owner.upload({ set: makeLiveSet(['Bass']) })).body
  await owner.finished(analysisId)
  await owner.send('post', `/api/analyses/${analysisId}/messages`, { text: 'How fast is it?' })
  const { messages } = (await owner.send('get', `/api/analyses/${analysisId}/messages`)).body
  const messageIds = messages.map((message: { id: string }) => message.id)
  const cookies = [owner.cookie, other.cookie, doubtful.cookie, undefined, '__Host-ts=nonsense']
  return { cookies, owner: owner.cookie ?? '', ids: [analysisId, owner.sessionId, ...messageIds] }
}

beforeAll(async () => {
  service = await openTestService()
  operations = listOperations(service.ctx)
  document = describeApi(operations, ORIGIN)
  const server = createServer(service.app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
  stop = () => new Promise((resolve) => server.close(() => resolve()) && server.closeAllConnections())
  people = await gather()
})
afterAll(async () => {
  await stop()
  await service.close()
})

const reached = new Set<string>()
const faults = new Set<string>()
const durations: number[] = []
const check = () => createAnswerCheck(document)

async function judge(call: Call, operation: Operation | undefined, checkAnswer: ReturnType<typeof check>) {
  const answer: CallAnswer = await callOnce(port, call)
  const { status, contentType } = answer
  durations.push(answer.durationMs)
  if (operation) reached.add(`${status} ${operation.method} ${operation.path}`)
  if (status >= 500) faults.add(`${status} ${call.method} ${call.path} ${call.body?.slice(0, 300)}`)
  if (call.method === 'HEAD' || call.method === 'OPTIONS' || status === 101) return
  const body: unknown = contentType.includes('json') ? JSON.parse(answer.text) : answer.text
  const path = (call.path.split('?')[0] ?? '').replaceAll(/%[0-9a-f]{2}/gi, 'x')
  const wrong = checkAnswer({ method: call.method, path, status, contentType, body })
  if (wrong && operation) faults.add(wrong)
}

function schemaOf(operation: Operation): Schema | undefined {
  const plain = JSON.parse(JSON.stringify(document.paths?.[operation.path]?.[operation.method] ?? {}))
  return plain.requestBody?.content?.['application/json']?.schema
}

function knownValues(): Known {
  const definitions = JSON.parse(JSON.stringify(document.components?.schemas ?? {}))
  const byField = {
    email: [`owner${round}@example.com`, 'nobody@example.com'],
    password: ['a long enough passphrase', 'short'],
    token: ['t'.repeat(43)],
    referenceId: [null, ...people.ids],
  }
  return { definitions, byField }
}

const ownHeaders = { 'Sec-Fetch-Site': 'same-origin', 'X-TS': '1' }
const strangeHeaders: Record<string, string>[] = [
  {},
  { Origin: 'https://evil.example' },
  { 'Sec-Fetch-Site': 'cross-site' },
  { 'X-Forwarded-For': '1.2.3.4', 'X-Forwarded-Host': 'evil.example' },
]

function pathFor(template: string): fc.Arbitrary<string> {
  const id = fc.oneof(
    { weight: 4, arbitrary: fc.nat().map((n) => people.ids[n % people.ids.length] ?? '') },
    fc.uuid(),
    fc.string({ maxLength: 20 }).map((text) => encodeURIComponent(text) || 'x'),
  )
  const query = fc.oneof(
    { weight: 6, arbitrary: fc.constant('') },
    fc.constantFrom(
      '?cursor=x',
      '?limit=0',
      '?limit=1&limit=2',
      '?a[b]=1&__proto__=2',
      '?cursor=%00',
      '?limit=1e9',
    ),
  )
  return fc.tuple(id, id, query).map(([one, two, tail]) => {
    const path = template.replace('{id}', one).replace('{messageId}', two).replace('{version}', one)
    return path + tail
  })
}

function bodyFor(operation: Operation): fc.Arbitrary<string | undefined> {
  const schema = schemaOf(operation)
  if (!schema) return fc.constantFrom(undefined, undefined, '{}', 'x')
  const valid = validFor(schema, knownValues())
  const text = (value: unknown) => JSON.stringify(value) ?? ''
  return fc.oneof(
    { weight: 5, arbitrary: valid.map(text) },
    { weight: 5, arbitrary: spoilt(valid).map(text) },
    fc.constantFrom(
      '',
      '{',
      '[[[[',
      '{"a":1e999}',
      '"',
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      `"${'x'.repeat(101_000)}"`,
    ),
  )
}

function callFor(operation: Operation): fc.Arbitrary<Call> {
  const headers = fc.oneof(
    { weight: 9, arbitrary: fc.constant(ownHeaders) },
    fc.constantFrom(...strangeHeaders),
  )
  const type = fc.oneof(
    { weight: 9, arbitrary: fc.constant('application/json') },
    fc.constantFrom(
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16',
    ),
  )
  const verb = fc.oneof(
    { weight: 20, arbitrary: fc.constant(operation.method.toUpperCase()) },
    fc.constantFrom('PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD'),
  )
  return fc
    .tuple(verb, pathFor(operation.path), headers, type, bodyFor(operation), fc.nat())
    .map(([method, path, extra, contentType, body, who]) => {
      // Two of three come from somebody whose session holds.
      const cookie = who % 3 === 0 ? people.cookies[who % people.cookies.length] : people.owner
      const named = cookie === undefined ? {} : { Cookie: cookie }
      const typed = body === undefined ? {} : { 'Content-Type': contentType }
      return {
        method,
        path,
        headers: { ...extra, ...named, ...typed },
        body: method === 'HEAD' ? undefined : body,
      }
    })
}

/** What brings each refusal about that an operation has by its nature. */
async function provoke(operation: Operation, checkAnswer: ReturnType<typeof check>): Promise<void> {
  const method = operation.method.toUpperCase()
  const path = operation.path.replaceAll(/\{\w+\}/g, () => randomUUID())
  const json = { 'Content-Type': 'application/json' }
  const owner = { ...ownHeaders, Cookie: people.owner }
  const send = (headers: Record<string, string>, body?: string) =>
    judge({ method, path, headers, body }, operation, checkAnswer)
  await send(ownHeaders)
  await send({ Cookie: people.owner }, operation.bodyKind === 'none' ? undefined : '{}')
  await send({ ...ownHeaders, Cookie: people.cookies[2] ?? '' })
  if (operation.bodyKind !== 'json' && operation.bodyKind !== 'raw') return void (await send(owner))
  await send({ ...owner, ...json }, '{')
  await send({ ...owner, ...json }, '{}')
  await send({ ...owner, ...json }, '{"unknown":1}')
  await send({ ...owner, 'Content-Type': 'text/plain' }, 'x')
  await send({ ...owner, ...json }, `"${'x'.repeat(operation.bodyKind === 'raw' ? 530_000 : 110_000)}"`)
}

/** One more than the limit allows, without sending all the others. */
async function provokeLimit(operation: Operation, checkAnswer: ReturnType<typeof check>): Promise<void> {
  if (operation.rateRules.length === 0) return
  const method = operation.method.toUpperCase()
  const path = operation.path.replaceAll(/\{\w+\}/g, () => people.ids[0] ?? '')
  const call = { method, path, headers: { ...ownHeaders, Cookie: people.owner }, body: undefined }
  await judge(call, operation, checkAnswer)
  await service.ctx.db.updateTable('rate_hits').set({ hits: 1_000_000 }).execute()
  await judge(call, operation, checkAnswer)
  await service.ctx.db.deleteFrom('rate_hits').execute()
}

test(`${REQUESTS} requests made from the API document get no 5xx and no answer off its schema, and reach all of it (TS-43, T18)`, {
  timeout: 60_000 + REQUESTS * 60,
}, async () => {
  const checkAnswer = check()
  for (const operation of operations) {
    await provoke(operation, checkAnswer)
    await provokeLimit(operation, checkAnswer)
  }
  let sent = 0
  while (sent < REQUESTS) {
    people = await gather()
    const inTurn = fc.sample(fc.nat(), {
      seed: SEED + sent,
      numRuns: Math.min(PEOPLE_EVERY, REQUESTS - sent),
    })
    for (const [index, seed] of inTurn.entries()) {
      const operation = operations[(sent + index) % operations.length]
      const [call] = operation ? fc.sample(callFor(operation), { seed, numRuns: 1 }) : []
      if (call) await judge(call, operation, checkAnswer)
      if (index % 25 === 0) await service.ctx.db.deleteFrom('rate_hits').execute()
    }
    sent += inTurn.length
  }
  expect([...faults]).toEqual([])

  const documented = operations.flatMap(({ method, path }) =>
    Object.keys(document.paths?.[path]?.[method]?.responses ?? {}).map(
      (status) => `${status} ${method} ${path}`,
    ),
  )
  const missed = documented.filter(
    (one) => !one.startsWith('5') && !needsAPast.test(one) && !reached.has(one),
  )
  console.log(`${durations.length} requests, ${reached.size} of ${documented.length} documented answers`)
  const sorted = durations.toSorted((a, b) => a - b)
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0
  console.log(
    `p50 ${sorted[Math.floor(sorted.length / 2)]?.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms; missed ${missed.join('; ')}`,
  )
  expect(missed).toEqual([])
  expect(p99).toBeLessThan(process.env.REQUESTS ? P99_LIMIT_MS : P99_LIMIT_MS * 8)
})
