import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eraseAccount } from '../../src/privacy/erase-account.ts'
import { scrub } from '../../src/privacy/scrub.ts'
import { enter } from '../analyses/sessions.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const CANARY = 'canary-of-the-deep'

describe.runIf(databaseKinds.includes('postgres'))('the files of the database', () => {
  let service: TestService
  beforeAll(async () => {
    service = await openTestService({ kind: 'postgres' })
  })
  afterAll(() => service.close())

  /** Tables, indexes and long values whose file holds the text, as the server has it on disk. */
  async function filesWith(text: string): Promise<string[]> {
    await sql`checkpoint`.execute(service.ctx.db)
    const { rows } = await sql<{ name: string }>`
      select c.oid::regclass::text as name from pg_class c
      where c.relkind in ('r', 't', 'i') and pg_relation_filenode(c.oid) is not null
      and position(${Buffer.from(text)}::bytea in pg_read_binary_file(pg_relation_filepath(c.oid), 0, 200000000, true)) > 0`.execute(
      service.ctx.db,
    )
    return rows.map(({ name }) => name)
  }

  test('hold nothing of what was deleted once the tables were written anew (TS-34)', async () => {
    const person = await enter(service, `${CANARY}@example.com`)
    await person.send('patch', '/api/me', { displayName: CANARY })
    const set = { bytes: makeLiveSet([CANARY]), name: `${CANARY}.als` }
    const { analysisId } = (await person.upload({ set })).body
    await person.finished(analysisId)
    await person.send('post', `/api/analyses/${analysisId}/messages`, { text: `Where is ${CANARY}?` })
    expect(await filesWith(CANARY)).toEqual(expect.arrayContaining(['users', 'analyses', 'messages']))

    await eraseAccount(service.ctx, person.userId)
    await expect
      .poll(async () => (await service.letters()).some(({ to }) => to.startsWith(CANARY)))
      .toBe(true)
    await expect
      .poll(() => service.ctx.db.selectFrom('letters').select('id').where('sent_at', 'is', null).execute())
      .toEqual([])
    expect(await scrub(service.ctx)).toBeGreaterThan(20)
    expect(await filesWith(CANARY)).toEqual([])
  })
})
