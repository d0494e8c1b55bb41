import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerOffline } from '../../src/feedback/offline-coach.ts'
import type { Report } from '../../src/report/contract.ts'
import { readyQuestions } from '../../web/chat/ready-questions.ts'
import { makeLiveSet } from '../journeys/live-set-file.ts'
import { type ApiClient, joinService } from '../support/api-client.ts'
import { makeLowRateWav } from '../support/sounds.ts'
import { projectRoot } from '../support/start-service.ts'
import { openTestService, type TestService } from '../support/test-service.ts'

describe('the questions that stand ready', () => {
  let service: TestService
  let client: ApiClient
  beforeAll(async () => {
    service = await openTestService()
    client = await joinService(service)
  })
  afterAll(() => service.close())

  test.each([
    ['a track', { audio: makeLowRateWav({ seconds: 5, amplitude: 1 }) }],
    ['a set', { set: makeLiveSet(['Kick', 'Bass']) }],
    ['a track and its set', { audio: makeLowRateWav({ seconds: 5 }), set: makeLiveSet(['Kick', 'Bass']) }],
  ])('about %s are all answered by the offline coach', async (_what, parts) => {
    const { analysisId } = (await client.upload(parts)).body
    const report: Report = (await client.finished(analysisId)).body.report
    const questions = readyQuestions(report, new Set())
    expect(questions.length).toBeGreaterThan(1)
    for (const question of questions) {
      const answer = answerOffline(report, { kind: 'mix' }, { question, kind: 'question' })
      expect(answer, question).not.toContain('I have none for this question')
      expect(answer, question).not.toContain('Not measured:')
    }
  })

  test('of a set alone, one is about what to mend before export', async () => {
    const { analysisId } = (
      await client.upload({
        set: await readFile(path.join(projectRoot, 'test/als/fixtures/example-live-12.als')),
      })
    ).body
    const report: Report = (await client.finished(analysisId)).body.report
    const question = 'What would you check before export?'
    expect(readyQuestions(report, new Set())).toContain(question)
    const answer = answerOffline(report, { kind: 'mix' }, { question, kind: 'question' })
    const worth = report.preflight?.results.filter(({ severity }) => severity !== 'info') ?? []
    expect(worth.length).toBeGreaterThan(0)
    expect(answer).toContain(`[preflight.${worth[0]?.rule}]`)
  })
})
