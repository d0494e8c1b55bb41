import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { messageListSchema } from '../../src/feedback/contract.ts'
import { type ApiClient, joinService, PASSWORD } from '../support/api-client.ts'
import { type ClaudeServer, startClaudeServer } from '../support/claude-server.ts'
import { readEvents } from '../support/read-events.ts'
import { makeLowRateWav } from '../support/sounds.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const LONG = 'One sentence after the other, and none of them holds a number. '.repeat(12)
const slowly = { kind: 'answer' as const, text: LONG, delayMsPerDelta: 30 }

describe.each(databaseKinds)('what ends an answer, on %s', (kind) => {
  let claude: ClaudeServer
  let service: TestService
  let client: ApiClient
  beforeAll(async () => {
    claude = await startClaudeServer()
    service = await openTestService({
      kind,
      env: { ANTHROPIC_API_KEY: 'test-key', ANTHROPIC_BASE_URL: claude.url },
    })
  })
  beforeEach(async () => {
    client = await joinService(service)
  })
  afterAll(async () => {
    await service.close()
    await claude.close()
  })

  async function analysed(parts: object = {}): Promise<string> {
    const upload = await client.upload({ audio: makeLowRateWav(), ...parts })
    expect(upload.status).toBe(202)
    await client.finished(upload.body.analysisId)
    return upload.body.analysisId
  }
  const ask = async (id: string, text: string) =>
    readEvents((await client.send('post', `/api/analyses/${id}/messages`, { text })).text ?? '')
  const conversation = async (id: string) =>
    messageListSchema.parse((await client.send('get', `/api/analyses/${id}/messages`)).body).messages
  const messagesLeft = async () => (await client.send('get', '/api/usage')).body.messages
  const untilWords = (id: string) =>
    expect.poll(async () => (await conversation(id)).at(-1)?.text).toContain('One sentence')

  test('objecting to the language model stops what it is writing, keeps what had come, and asks it no more (TS-50)', async () => {
    const id = await analysed()
    claude.behave(slowly)
    const running = ask(id, 'Tell me everything')
    await untilWords(id)
    expect((await client.send('patch', '/api/me/privacy', { languageModel: false })).status).toBe(200)
    await expect.poll(() => claude.openStreams()).toBe(0)
    expect((await running).at(-1)).toMatchObject({ name: 'done', data: { message: { status: 'stopped' } } })
    expect((await conversation(id)).at(-1)?.text.length).toBeLessThan(LONG.length)
    const calls = claude.requests.length
    expect((await ask(id, 'How loud is it?')).at(-1)?.data.message.source).toBe('offline-coach')
    expect(claude.requests).toHaveLength(calls)
  })

  test('deleting the account stops the answer upstream and leaves nothing of it (TS-37)', async () => {
    const id = await analysed()
    claude.behave(slowly)
    const running = ask(id, 'Tell me everything')
    await untilWords(id)
    expect((await client.send('post', '/api/me/deletion', { password: PASSWORD })).status).toBe(204)
    await expect.poll(() => claude.openStreams()).toBe(0)
    await running
    const left = await service.ctx.db
      .selectFrom('messages')
      .select('id')
      .where('analysis_id', '=', id)
      .execute()
    expect(left).toEqual([])
  })

  test('three answers at once are written; a fourth waits, is told so and costs nothing', async () => {
    const ids = [await analysed(), await analysed(), await analysed(), await analysed()]
    claude.behave(slowly, slowly, slowly)
    const running = ids.slice(0, 3).map((id) => ask(id, 'Tell me everything'))
    await expect.poll(async () => (await messagesLeft()).reserved).toBe(3)
    const refused = await client.send('post', `/api/analyses/${ids[3]}/messages`, { text: 'And this one?' })
    expect([refused.status, refused.body.code]).toEqual([429, 'feedback/too-many-answers'])
    for (const events of await Promise.all(running)) expect(events.at(-1)?.name).toBe('done')
    expect(await messagesLeft()).toMatchObject({ used: 3, reserved: 0 })
    expect(await conversation(ids[3] ?? '')).toEqual([])
  })

  test('a question whose sending is tried again with its Idempotency-Key is asked and counted once (TS-12)', async () => {
    const id = await analysed()
    claude.behave({ kind: 'answer', text: 'Fine.' })
    const key = { 'Idempotency-Key': crypto.randomUUID() }
    const send = (text: string) => client.send('post', `/api/analyses/${id}/messages`, { text }, key)
    expect((await send('How loud is it?')).status).toBe(200)
    const calls = claude.requests.length
    const repeat = await send('How loud is it?')
    expect([repeat.status, repeat.body.code]).toEqual([409, 'feedback/asked-already'])
    const other = await send('And the bass?')
    expect([other.status, other.body.code]).toEqual([409, 'idempotency-key-reused'])
    expect(claude.requests).toHaveLength(calls)
    expect(await messagesLeft()).toMatchObject({ used: 1, reserved: 0 })
    expect(await conversation(id)).toHaveLength(2)
  })

  test('an answer that fails says how many messages are left, the one for it given back', async () => {
    const id = await analysed()
    const before = await messagesLeft()
    claude.behave({ kind: 'error-event' })
    expect((await ask(id, 'Will this fail?')).at(-1)).toMatchObject({
      name: 'failed',
      data: { quota: before },
    })
  })

  test('a reference that was deleted since does not travel with the questions that named it (TS-24)', async () => {
    const id = await analysed({
      reference: { bytes: makeLowRateWav({ amplitude: 0.5 }), name: 'Adele - Hello.wav' },
      intent: { kind: 'mix', notes: 'It should sound like Adele - Hello' },
    })
    claude.behave({ kind: 'answer', text: 'It is darker.' })
    await ask(id, 'Is it darker than Adele - Hello?')
    const [kept] = (await client.send('get', '/api/references')).body.references
    expect((await client.send('delete', `/api/references/${kept.id}`)).status).toBe(204)
    claude.behave({ kind: 'answer', text: 'And so on.' })
    await ask(id, 'Go on')
    const sent = JSON.stringify(claude.requests.at(-1)?.body)
    expect(sent).toContain('darker than the reference?')
    expect(sent).toMatch(/sound like (a|the) reference/)
    expect(sent).not.toContain('Adele')
    // The person reads their own words as they wrote them.
    expect((await conversation(id))[0]?.text).toBe('Is it darker than Adele - Hello?')
  })

  test('what the person is called does not travel, in questions or in notes (TS-24)', async () => {
    expect((await client.send('patch', '/api/me', { displayName: 'Anna Schmidt' })).status).toBe(200)
    const id = await analysed({ intent: { kind: 'mix', notes: 'Mixed by anna schmidt' } })
    claude.behave({ kind: 'answer', text: 'Fine.' })
    await ask(id, 'Hi, I am Anna Schmidt. Is it loud?')
    const sent = JSON.stringify(claude.requests.at(-1)?.body)
    expect(sent).toContain('I am the producer. Is it loud?')
    expect(sent).toContain('Mixed by the producer')
    expect(sent.toLowerCase()).not.toContain('schmidt')
  })

  test('a character that no text can hold is refused in what an upload says, and nothing is kept', async () => {
    const intent = { kind: 'mix', notes: 'loud\0er' }
    const refused = await client.upload({ audio: makeLowRateWav(), intent })
    expect([refused.status, refused.body.code]).toEqual([422, 'nul-character'])
    expect(await service.rawFiles()).toEqual([])
  })
})
