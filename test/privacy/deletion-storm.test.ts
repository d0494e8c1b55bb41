import { afterAll, beforeAll, expect, test } from 'vitest'
import { eraseAccount } from '../../src/privacy/erase-account.ts'
import { enter } from '../analyses/sessions.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { makeWav } from '../support/sounds.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { tracesOf } from './traces.ts'

/** `npm run storm:deletion` runs 500; a round that fails is run again by its seed. */
const ROUNDS = Number(process.env.ROUNDS ?? 10)
const FIRST_SEED = Number(process.env.SEED ?? 1)
const LATEST_DELETION_MS = 250

/** Where one is reachable a real server: only there do transactions meet. */
const kind = databaseKinds.at(-1) ?? 'pglite'
const liveSet = makeLiveSet(['Bass', 'Lead'])
const wav = makeWav({ seconds: 8 })

let service: TestService
beforeAll(async () => {
  service = await openTestService({ kind })
})
afterAll(() => service.close())

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function round(seed: number): Promise<void> {
  const random = randomFrom(seed)
  const person = await enter(service, `storm${seed}@example.com`)
  const { analysisId } = (await person.upload({ set: liveSet })).body
  await person.finished(analysisId)
  const acts = [
    () => person.upload({ audio: wav }),
    () => person.upload({ set: liveSet }),
    () => person.send('post', `/api/analyses/${analysisId}/messages`, { text: 'How fast is it?' }),
    () => person.send('patch', '/api/me', { displayName: 'Storm' }),
    () => person.send('patch', '/api/me/privacy', { languageModel: random() < 0.5 }),
    () => person.send('delete', `/api/analyses/${analysisId}`),
    () => person.send('get', '/api/usage'),
  ]
  const running = Array.from({ length: 4 }, async () => {
    await later(random() * LATEST_DELETION_MS)
    const act = acts[Math.floor(random() * acts.length)]
    return (await act?.())?.status
  })
  await later(random() * LATEST_DELETION_MS)
  await eraseAccount(service.ctx, person.userId)
  const statuses = await Promise.all(running)
  expect(
    statuses.filter((status) => status !== undefined && status >= 500),
    `seed ${seed}`,
  ).toEqual([])
  expect((await person.send('get', '/api/me')).status).toBe(401)
  await expect.poll(() => service.rawFiles(), { message: `seed ${seed}` }).toEqual([])
  await expect
    .poll(() => tracesOf(service, [person.userId, `storm${seed}@example.com`]), { message: `seed ${seed}` })
    .toEqual([])
}

test(`deleting the account wins over whatever happens at the same time: ${ROUNDS} rounds leave nothing (TS-37)`, {
  timeout: 60_000 + ROUNDS * 5000,
}, async () => {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + ROUNDS; seed += 1) {
    await round(seed)
    // Five analyses a month are free; each round has an account of its own, so only the clock of limits moves.
    service.clock.advance(1000)
  }
})
