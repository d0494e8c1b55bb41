import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildAnalysisBlock } from '../../src/feedback/analysis-block.ts'
import type { Finding } from '../../src/findings/contract.ts'
import { respectVerdicts } from '../../src/findings/respect-verdicts.ts'
import { hashOfReport } from '../../src/report/hash-report.ts'
import { readCopy } from '../privacy/read-copy.ts'
import type { ApiClient, UploadParts } from '../support/api-client.ts'
import { makeLowRateWav } from '../support/sounds.ts'
import { databaseKinds } from '../support/test-databases.ts'
import { openTestService, type TestService } from '../support/test-service.ts'
import { enter } from './sessions.ts'

/** A quiet tone, the same on both sides, that breaks off: several findings. */
const mix = makeLowRateWav({ seconds: 4, amplitude: 0.05 })

async function analysed(client: ApiClient, parts: UploadParts) {
  const { body } = await client.upload({ intent: { kind: 'master' }, ...parts })
  return (await client.finished(body.analysisId)).body
}

describe.each(databaseKinds)('what somebody says about a finding, on %s', (kind) => {
  let service: TestService
  let owner: Awaited<ReturnType<typeof enter>>
  beforeAll(async () => {
    service = await openTestService({ kind })
    owner = await enter(service, 'means-it@example.com')
  })
  afterAll(() => service.close())
  const say = (id: string, rule: string, verdict: string | null) =>
    owner.send('patch', `/api/analyses/${id}/verdicts`, { rule, verdict })

  test('is respected: what is intended is no priority, lowers no score, and stays listed; taken back, all is as before', async () => {
    const analysis = await analysed(owner, { audio: mix })
    const { findings } = analysis.report
    const [first] = findings.priorities
    const finding = findings.findings.find(({ rule }: Finding) => rule === first)
    const scoreOf = (report: typeof analysis.report) =>
      report.findings.scores.areas.find(({ area }: Finding) => area === finding.area).score

    const agreed = (await say(analysis.id, first, 'agreed')).body.report
    const { severity } = finding
    expect(agreed.findings.verdicts).toEqual([{ rule: first, verdict: 'agreed', severity }])
    expect(agreed.findings.priorities).toEqual(findings.priorities)

    const intended = (await say(analysis.id, first, 'intended')).body.report
    expect(intended.findings.verdicts).toEqual([{ rule: first, verdict: 'intended', severity }])
    expect(intended.findings.priorities).not.toContain(first)
    expect(intended.findings.findings).toEqual(findings.findings)
    expect(scoreOf(intended)).toBeGreaterThan(scoreOf(analysis.report))
    expect(intended.sha256).toBe(hashOfReport(intended))
    expect((await owner.send('get', `/api/analyses/${analysis.id}`)).body.report).toEqual(intended)

    expect(buildAnalysisBlock(intended, { kind: 'master' }, new Map())).toContain('this is intended')
    expect(buildAnalysisBlock(agreed, { kind: 'master' }, new Map())).not.toContain('this is intended')

    const after = (await say(analysis.id, first, null)).body.report
    expect(after).toEqual(analysis.report)
  })

  test('holds for later versions, those that are there and those to come, and is taken back there as well', async () => {
    const first = await analysed(owner, { audio: mix })
    const [rule] = first.report.findings.priorities
    const second = await analysed(owner, { audio: mix, newVersionOf: first.id })
    await say(first.id, rule, 'intended')
    const third = await analysed(owner, { audio: mix, newVersionOf: second.id })
    const verdictsOf = async (id: string) =>
      (await owner.send('get', `/api/analyses/${id}`)).body.report.findings.verdicts
    for (const { id } of [first, second, third])
      expect(await verdictsOf(id)).toMatchObject([{ rule, verdict: 'intended' }])
    expect(third.report.findings.priorities).not.toContain(rule)
    const changes = third.report.changes.findings?.findings ?? []
    for (const change of changes) expect(change.isIntended ?? false).toBe(change.rule === rule)

    await say(second.id, rule, null)
    expect([
      await verdictsOf(first.id),
      await verdictsOf(second.id),
      await verdictsOf(third.id),
    ]).toMatchObject([[{ rule, verdict: 'intended' }], undefined, undefined])
  })

  test('said about a version itself, stays whatever is said about an earlier one', async () => {
    const other = await enter(service, 'says-it-twice@example.com')
    const tell = (id: string, rule: string, verdict: string | null) =>
      other.send('patch', `/api/analyses/${id}/verdicts`, { rule, verdict })
    const first = await analysed(other, { audio: mix })
    const second = await analysed(other, { audio: mix, newVersionOf: first.id })
    const [rule] = first.report.findings.priorities
    await tell(second.id, rule, 'agreed')
    await tell(first.id, rule, 'intended')
    const { body } = await other.send('get', `/api/analyses/${second.id}`)
    expect(body.report.findings.verdicts).toMatchObject([{ rule, verdict: 'agreed' }])
    await tell(first.id, rule, null)
    const after = await other.send('get', `/api/analyses/${second.id}`)
    expect(after.body.report.findings.verdicts).toMatchObject([{ rule, verdict: 'agreed' }])
  })

  test('does not cover a finding that has become more severe since', async () => {
    const other = await enter(service, 'made-it-worse@example.com')
    const { report } = await analysed(other, { audio: mix })
    const [rule] = report.findings.priorities
    const worse = {
      ...report.findings,
      findings: report.findings.findings.map((one: Finding) => ({ ...one, severity: 'severe' })),
    }
    const asItWas = respectVerdicts(worse, [{ rule, verdict: 'intended', severity: 'severe' }])
    expect(asItWas.priorities).not.toContain(rule)
    expect(respectVerdicts(worse, [{ rule, verdict: 'intended', severity: 'minor' }])).toEqual(worse)
  })

  test('is refused about what the report does not hold', async () => {
    // A track that is no version of another inherits nothing.
    const { id, report } = await analysed(owner, { audio: mix })
    expect(report.findings.verdicts).toBeUndefined()
    const answer = await say(id, 'hum', 'intended')
    expect([answer.status, answer.body.code]).toEqual([422, 'analyses/no-such-finding'])
    expect((await say(id, 'no-such-rule', 'intended')).status).toBe(422)
    expect((await say(id, 'hum', null)).status).toBe(200)
  })

  test('is in the copy of everything, and goes with the analysis and with the account (TS-36, TS-46)', async () => {
    const leaver = await enter(service, 'leaves@example.com')
    const analysis = await analysed(leaver, { audio: mix })
    const other = await analysed(leaver, { audio: mix })
    const [rule] = analysis.report.findings.priorities
    const rows = () =>
      service.ctx.db
        .selectFrom('finding_verdicts')
        .select('rule')
        .where('user_id', '=', leaver.userId)
        .execute()
    for (const { id } of [analysis, other])
      await leaver.send('patch', `/api/analyses/${id}/verdicts`, { rule, verdict: 'agreed' })
    const copy = await readCopy(service, leaver.userId)
    expect(copy('csv/finding_verdicts.csv')).toContain(`,${rule},agreed,`)
    await leaver.send('delete', `/api/analyses/${analysis.id}`)
    expect(await rows()).toEqual([{ rule }])
    await service.ctx.db.deleteFrom('users').where('id', '=', leaver.userId).execute()
    expect(await rows()).toEqual([])
  })
})
