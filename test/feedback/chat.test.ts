import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiClient, createClient, joinService } from '../support/api-client.ts'
import { type Behaviour, type ClaudeServer, startClaudeServer } from '../support/claude-server.ts'
import { readEvents } from '../support/read-events.ts'
import { makeLowRateWav } from '../support/sounds.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

const answerText = 'The integrated loudness is -12.3 LUFS [loudness.integratedLufs]. It holds together well.'

async function analysed(client: ApiClient): Promise<string> {
  const upload = await client.upload({
    audio: { bytes: makeLowRateWav(), name: 'Secret Song (feat. Nobody).wav' },
    intent: { kind: 'master' },
  })
  expect(upload.status).toBe(202)
  await client.finished(upload.body.analysisId)
  return upload.body.analysisId
}

describe.each(databaseKinds)('the chat on %s', (kind) => {
  let claude: ClaudeServer
  let service: TestService
  let client: ApiClient & { email: string }
  let analysisId: string

  beforeAll(async () => {
    claude = await startClaudeServer()
    service = await openTestService({
      kind,
      env: { ANTHROPIC_API_KEY: 'test-key', ANTHROPIC_BASE_URL: claude.url },
    })
    client = await joinService(service)
    analysisId = await analysed(client)
  })
  afterAll(async () => {
    await service.close()
    await claude.close()
  })

  const ask = async (text: string) => {
    const response = await client.send('post', `/api/analyses/${analysisId}/messages`, { text })
    return { status: response.status, body: response.body, events: readEvents(response.text ?? '') }
  }
  const messagesLeft = async () => (await client.send('get', '/api/usage')).body.messages

  test('an answer streams, is stored once, costs one message, and is there for the next browser (TS-10)', async () => {
    claude.behave({ kind: 'answer', text: answerText })
    const before = await messagesLeft()
    const { events } = await ask('How loud is my track?')
    expect(events.map((event) => event.name)).toEqual([
      'started',
      ...Array(events.length - 2).fill('delta'),
      'done',
    ])
    expect(events.filter((event) => event.name === 'delta').length).toBeGreaterThan(1)
    const said = events.flatMap((event) => (event.name === 'delta' ? [event.data.text] : [])).join('')
    expect(said).toBe(answerText)
    expect(events.at(-1)?.data.quota).toEqual({
      ...before,
      used: before.used + 1,
      remaining: before.remaining - 1,
    })
    const elsewhere = createClient(service, client.cookie)
    const { body } = await elsewhere.send('get', `/api/analyses/${analysisId}/messages`)
    expect(body.coach).toBe('claude')
    expect(
      body.messages.map((message: { role: string; text: string }) => [message.role, message.text]),
    ).toEqual([
      ['user', 'How loud is my track?'],
      ['assistant', answerText],
    ])
  })

  test('from the second message on the prompt cache is read', async () => {
    claude.behave({ kind: 'answer', text: answerText })
    await ask('And the peaks?')
    const [first, second] = claude.requests.slice(-2)
    expect(second?.usage.cache_read_input_tokens).toBeGreaterThan(500)
    expect(second?.body.system).toEqual(first?.body.system)
    const stored = await service.ctx.db
      .selectFrom('messages')
      .select(['usage', 'model', 'prompt_version', 'upstream_request_id'])
      .where('role', '=', 'assistant')
      .orderBy('position', 'desc')
      .executeTakeFirstOrThrow()
    expect(stored).toMatchObject({
      usage: { cacheReadInputTokens: second?.usage.cache_read_input_tokens },
      model: 'claude-haiku-5-5',
      upstream_request_id: 'req_test_1',
    })
    expect(stored.prompt_version).toMatch(/^\d{4}-\d\d-\d\d\.\d+$/)
  })

  test('nothing but results travels: no audio, path, file name, address, id or network address (TS-23, TS-24)', async () => {
    await ask(`Mail me at ${client.email} about Secret Song (feat. Nobody).wav please`)
    const sent = claude.requests.map((request) => request.raw + JSON.stringify(request.headers)).join('\n')
    const me = (await client.send('get', '/api/me')).body
    for (const secret of [
      'Secret Song',
      client.email,
      me.id,
      analysisId,
      service.ctx.config.dataDir,
      'RIFF',
      'uploads',
    ])
      expect(sent).not.toContain(secret)
    expect(claude.requests.at(-1)?.body.messages.at(-1)?.content).toContain('this track')
    for (const request of claude.requests) {
      expect(request.raw.length).toBeLessThan(256 * 1024)
      expect(request.body.metadata?.user_id).toMatch(/^[0-9a-f]{32}$/)
    }
  })

  const faults: [string, Behaviour[], string][] = [
    [
      'answers 401',
      [{ kind: 'status', status: 401, errorType: 'authentication_error' }],
      'feedback/coach-misconfigured',
    ],
    [
      'answers 400',
      [{ kind: 'status', status: 400, errorType: 'invalid_request_error' }],
      'feedback/coach-misconfigured',
    ],
    [
      'answers 529 again and again',
      [{ kind: 'status', status: 529, errorType: 'overloaded_error' }],
      'feedback/coach-busy',
    ],
    [
      'answers 429 without a date',
      [{ kind: 'status', status: 429, errorType: 'rate_limit_error' }],
      'feedback/coach-paused',
    ],
    ['breaks off with an error event', [{ kind: 'error-event' }], 'feedback/coach-busy'],
    ['resets the connection', [{ kind: 'reset' }], 'feedback/answer-cut-off'],
    ['ends without message_stop', [{ kind: 'end-early' }], 'feedback/answer-cut-off'],
    ['refuses', [{ kind: 'refusal' }], 'feedback/refused'],
    ['has no room left', [{ kind: 'context-exceeded' }], 'feedback/conversation-too-long'],
  ]
  test.each(faults)(
    'when Claude %s, the person is told and nothing is charged',
    async (_name, behaviours, code) => {
      claude.behave(...behaviours)
      const before = await messagesLeft()
      const { events } = await ask('What about now?')
      const last = events.at(-1)
      expect(last?.name).toBe('failed')
      expect(last?.data).toMatchObject({
        code,
        message: { status: code === 'feedback/refused' ? 'refused' : 'failed' },
      })
      expect(last?.data.detail).toContain('Nothing was charged')
      expect(await messagesLeft()).toEqual(before)
    },
  )

  test('an answer that is cut at its longest stays, is checked, says so and counts as one', async () => {
    claude.behave({ kind: 'max-tokens' })
    const before = await messagesLeft()
    const { events } = await ask('Tell me everything, at length')
    expect(events.at(-1)).toMatchObject({
      name: 'done',
      data: {
        quota: { used: before.used + 1 },
        message: {
          status: 'stopped',
          errorCode: 'feedback/answer-too-long',
          text: expect.stringContaining('The loudness is -9.1 LUFS'),
          verdict: { unmatched: [{ text: '-9.1' }] },
        },
      },
    })
  })

  test('what came of an answer that broke off is checked as well', async () => {
    claude.behave({ kind: 'error-event' })
    const { events } = await ask('And this one?')
    expect(events.at(-1)?.data.message).toMatchObject({
      status: 'failed',
      verdict: { unmatched: [{ text: '-9.1' }] },
    })
  })

  test('a character that no text can hold is refused in a question and left out of an answer', async () => {
    const refused = await ask('How\u0000loud?')
    expect(refused.status).toBe(422)
    expect(JSON.stringify(refused.body)).toContain('NUL')
    claude.behave({ kind: 'answer', text: 'It is\u0000 fine.' })
    expect((await ask('How loud?')).events.at(-1)?.data.message.text).toBe('It is fine.')
  })

  test('thinking that is stopped before its first word costs no message, and counts against the day', async () => {
    const tokens = async () => {
      const rows = await service.ctx.db.selectFrom('claude_days').select('tokens').execute()
      return rows.reduce((sum, row) => sum + Number(row.tokens), 0)
    }
    claude.behave({ kind: 'slow-header', delayMs: 10_000 })
    const [before, tokensBefore] = [await messagesLeft(), await tokens()]
    const running = ask('Think hard')
    await expect.poll(async () => (await messagesLeft()).reserved).toBe(1)
    const { body } = await client.send('get', `/api/analyses/${analysisId}/messages`)
    const { id } = body.messages.at(-1)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await client.send('post', `/api/analyses/${analysisId}/messages/${id}/stop`)
    expect((await running).events.at(-1)?.data.message).toMatchObject({ status: 'stopped', text: '' })
    expect(await messagesLeft()).toEqual(before)
    // What was sent, a third of a byte each at least, and the thinking of 0.3 s.
    expect(await tokens()).toBeGreaterThan(tokensBefore + 1000)
  })

  test('a turn that failed is not told to Claude again', async () => {
    claude.behave({ kind: 'answer', text: answerText })
    await ask('Are we good again?')
    const turns = claude.requests.at(-1)?.body.messages ?? []
    expect(JSON.stringify(turns)).not.toContain('What about now?')
    expect(turns.map((turn) => turn.role)).toEqual(
      turns.map((_turn, index) => (index % 2 === 0 ? 'user' : 'assistant')),
    )
  })

  test('one answer at a time: a second question meanwhile is refused and costs nothing', async () => {
    claude.behave({ kind: 'answer', text: answerText, delayMsPerDelta: 60 })
    const before = await messagesLeft()
    const running = ask('A slow one, please')
    await expect.poll(async () => (await messagesLeft()).reserved).toBe(1)
    const second = await ask('Impatient')
    expect(second.status).toBe(409)
    expect(second.body.code).toBe('feedback/answer-running')
    await running
    expect((await messagesLeft()).used).toBe(before.used + 1)
  })

  test('an answer that is stopped keeps what was written and says so', async () => {
    claude.behave({ kind: 'answer', text: answerText.repeat(20), delayMsPerDelta: 20 })
    const running = ask('A long one, please')
    const streaming = async () => {
      const { body } = await client.send('get', `/api/analyses/${analysisId}/messages`)
      return body.messages.find((message: { status: string }) => message.status === 'streaming')
    }
    await expect.poll(streaming).toBeDefined()
    await new Promise((resolve) => setTimeout(resolve, 300))
    const { id } = await streaming()
    expect((await client.send('post', `/api/analyses/${analysisId}/messages/${id}/stop`)).status).toBe(204)
    const { events } = await running
    expect(events.at(-1)?.data.message).toMatchObject({ id, status: 'stopped' })
    expect(events.at(-1)?.data.message.text.length).toBeGreaterThan(10)
  })

  test('an answer whose process died is ended by the sweeper and costs nothing', async () => {
    const before = await messagesLeft()
    const { ask: reserve } = await import('../../src/feedback/ask.ts')
    const { endSilentAnswers } = await import('../../src/feedback/end-silent-answers.ts')
    const { body: me } = await client.send('get', '/api/me')
    const actor = { userId: me.id, sessionId: me.id, isVerified: true }
    const { job } = await reserve(service.ctx, actor, analysisId, { text: 'Nobody will answer this' })
    expect((await messagesLeft()).reserved).toBe(before.reserved + 1)
    // The clock of this machine says nothing about the one that runs the answer.
    service.clock.advance(50_000)
    await endSilentAnswers(service.ctx)
    expect((await messagesLeft()).reserved).toBe(before.reserved + 1)
    await service.ctx.db
      .updateTable('messages')
      .set({ touched_at: sql<Date>`clock_timestamp() - interval '50 seconds'` })
      .where('id', '=', job.answerId)
      .execute()
    await endSilentAnswers(service.ctx)
    expect(await messagesLeft()).toEqual(before)
    const { body } = await client.send('get', `/api/analyses/${analysisId}/messages`)
    expect(body.messages.find((message: { id: string }) => message.id === job.answerId)).toMatchObject({
      status: 'failed',
      errorCode: 'feedback/interrupted',
    })
  })

  test.each(['', '/messages'])(
    'deleting %s while the coach answers gives the message back, unless words were there to be read',
    async (what) => {
      const doomed = await analysed(client)
      const before = await messagesLeft()
      const path = `/api/analyses/${doomed}`
      const deleteWhen = async (isDue: (text: string | undefined) => boolean) => {
        const running = client.send('post', `${path}/messages`, { text: 'Too late' })
        await expect
          .poll(async () => isDue((await client.send('get', `${path}/messages`)).body.messages.at(-1)?.text))
          .toBe(true)
        expect((await client.send('delete', path + what)).status).toBe(204)
        await running.catch(() => undefined)
      }
      if (what !== '') {
        claude.behave({ kind: 'slow-header', delayMs: 10_000 })
        await deleteWhen((text) => text === '')
        await expect.poll(messagesLeft).toEqual(before)
      }
      claude.behave({ kind: 'answer', text: answerText.repeat(20), delayMsPerDelta: 20 })
      await deleteWhen((text) => text !== undefined && text.length > 20 && text !== 'Too late')
      await expect.poll(messagesLeft).toMatchObject({ used: before.used + 1, reserved: before.reserved })
    },
  )

  test('a message that is gone together with the process that answered it is given back by the sweeper', async () => {
    const before = await messagesLeft()
    const { ask: reserve } = await import('../../src/feedback/ask.ts')
    const { endSilentAnswers } = await import('../../src/feedback/end-silent-answers.ts')
    const { body: me } = await client.send('get', '/api/me')
    const actor = { userId: me.id, sessionId: me.id, isVerified: true }
    const { job } = await reserve(service.ctx, actor, analysisId, { text: 'Gone with its process' })
    await service.ctx.db.deleteFrom('messages').where('id', '=', job.answerId).execute()
    service.clock.advance(9 * 60_000)
    await endSilentAnswers(service.ctx)
    expect((await messagesLeft()).reserved).toBe(before.reserved + 1)
    service.clock.advance(2 * 60_000)
    await endSilentAnswers(service.ctx)
    expect(await messagesLeft()).toEqual(before)
  })

  test('when the month is spent, the refusal names limit and reset date and Claude is not called', async () => {
    const { limit } = await messagesLeft()
    await service.ctx.db
      .updateTable('usage_periods')
      .set({ used: limit })
      .where('unit', '=', 'message')
      .execute()
    const calls = claude.requests.length
    const refused = await ask('One more?')
    expect(refused.status).toBe(402)
    expect(refused.body).toMatchObject({ code: 'billing/messages-spent', limit })
    expect(new Date(refused.body.resetsAt).getUTCDate()).toBe(1)
    expect(claude.requests).toHaveLength(calls)
  })
})

describe('without a key', () => {
  let service: TestService
  beforeAll(async () => {
    service = await openTestService()
  })
  afterAll(() => service.close())

  test('the offline coach answers from the measured numbers and says that it is no language model', async () => {
    const client = await joinService(service)
    const analysisId = await analysed(client)
    const { body: analysis } = await client.send('get', `/api/analyses/${analysisId}`)
    const response = await client.send('post', `/api/analyses/${analysisId}/messages`, {
      text: 'How loud is it?',
    })
    const done = readEvents(response.text).at(-1)
    expect(done?.data.message.source).toBe('offline-coach')
    expect(done?.data.message.text).toContain('no language model')
    const written = analysis.report.loudness.integratedLufs.toFixed(1).replace('-', '−')
    expect(done?.data.message.text).toContain(`${written} LUFS [loudness.integratedLufs]`)
  })
})
