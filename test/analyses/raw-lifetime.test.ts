import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { makeWav } from '../support/sounds.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { enter } from './sessions.ts'

/** `npm run raw-lifetime` measures 1,000. */
const ANALYSES = Number(process.env.ANALYSES ?? 12)
const PER_PERSON = 4
const LIMITS_MS = { p50: 50, p99: 1000, max: 5000 }
const STEPS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000]

let service: TestService
/** When the last raw file of each analysis was removed. */
const removedAt = new Map<string, number>()

beforeAll(async () => {
  service = await openTestService({ kind: databaseKinds.at(-1) ?? 'pglite' })
  const { db, storage } = service.ctx
  // The database notes by itself when a result is stored: that is the success.
  await sql`create table stored (id uuid primary key, at timestamptz not null)`.execute(db)
  await sql`create function note_stored() returns trigger language plpgsql as $$
    begin
      insert into stored values (new.id, clock_timestamp()) on conflict do nothing;
      return null;
    end $$`.execute(db)
  await sql`create trigger note_stored after update of report on analyses for each row
    when (old.report is null and new.report is not null) execute function note_stored()`.execute(db)
  const remove = storage.remove.bind(storage)
  Object.assign(storage, {
    async remove(key: string) {
      await remove(key)
      removedAt.set(key, Date.now())
    },
  })
})
afterAll(() => service.close())

async function analyse(index: number, person: Awaited<ReturnType<typeof enter>>): Promise<void> {
  const parts = index % 2 === 0 ? { audio: makeWav({ seconds: 1 }) } : { set: makeLiveSet(['Bass']) }
  const { analysisId } = (await person.upload(parts)).body
  expect((await person.finished(analysisId)).body.state).toBe('done')
}

async function lifetimesMs(): Promise<number[]> {
  const { rows } = await sql<{ key: string; at: Date }>`
    select u.storage_key as key, s.at from stored s join uploads u on u.analysis_id = s.id`.execute(
    service.ctx.db,
  )
  return rows
    .map(({ key, at }) => (removedAt.get(key) ?? Number.NaN) - at.getTime())
    .toSorted((a, b) => a - b)
}

function tell(sorted: number[]): void {
  for (const step of STEPS_MS) {
    const count = sorted.filter((lifetime) => lifetime <= step).length
    console.log(
      `≤ ${String(step).padStart(4)} ms  ${String(count).padStart(5)}  ${'█'.repeat((40 * count) / sorted.length)}`,
    )
  }
}

test(`after the result is stored its raw file lives for milliseconds: ${ANALYSES} analyses (TS-29)`, {
  timeout: 60_000 + ANALYSES * 3000,
}, async () => {
  for (let index = 0; index < ANALYSES; index += PER_PERSON) {
    const person = await enter(service, `life${index}@example.com`)
    const group = Array.from(
      { length: Math.min(PER_PERSON, ANALYSES - index) },
      (_, offset) => index + offset,
    )
    for (const one of group) await analyse(one, person)
  }
  const sorted = await lifetimesMs()
  expect(sorted).toHaveLength(ANALYSES)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  tell(sorted)
  console.log(`p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`)
  expect(at(1)).toBeLessThanOrEqual(LIMITS_MS.max)
  if (process.env.ANALYSES === undefined) return
  expect(at(0.5)).toBeLessThanOrEqual(LIMITS_MS.p50)
  expect(at(0.99)).toBeLessThanOrEqual(LIMITS_MS.p99)
})
