import { expect, test } from 'vitest'
import type { Cause } from '../../src/findings/causes-contract.ts'
import type { Finding } from '../../src/findings/contract.ts'
import { buildReport } from '../../src/report/build-report.ts'
import type { Report } from '../../src/report/contract.ts'
import { writeBrief } from '../../web/findings/brief.ts'
import { barWords, causeWords, changeWords } from '../../web/findings/cause-words.ts'
import { confidenceWords, evidenceWords, placeWords } from '../../web/findings/finding-words.ts'
import { exampleSet } from '../als/example-set.ts'

const cause: Cause = {
  trackIndex: 2,
  kind: 'midi',
  role: 'bass',
  likelihood: 0.8,
  likelihoodFrom: 'generated songs',
  reasons: ['it alone plays there.', 'its fader is the highest.'],
  bars: [
    { from: 17, to: 25 },
    { from: 33, to: 33 },
  ],
  change: {
    deviceNumber: 4,
    device: 'EQ Eight',
    isNew: false,
    parameter: 'gain of band 2',
    present: -1,
    proposed: -3.5,
    unit: 'dB',
  },
}

function finding(parts: Partial<Finding>): Finding {
  return {
    rule: 'mud',
    area: 'tone',
    severity: 'moderate',
    confidence: 0.8,
    confidenceFrom: 'planted defects',
    title: 'Muddy low mids',
    words: 'Thick.',
    evidence: [
      {
        path: 'dynamics.plrDb',
        what: 'PLR',
        value: 5.24,
        unit: 'dB',
        target: { from: 8, to: null },
        provenance: 'opinion',
        source: 'practice',
      },
    ],
    place: { times: [], band: null },
    causes: [],
    remedy: 'Cut 2 dB at 300 Hz.',
    check: 'Listen again.',
    also: [],
    ...parts,
  }
}

async function reportWith(findings: Finding[], parts: Partial<NonNullable<Report['findings']>> = {}) {
  const report = await buildReport(null, exampleSet(12).set)
  const judged = {
    version: '1',
    judgedAs: 'mix' as const,
    strengths: [{ id: 'x', area: 'tone' as const, words: 'Balanced highs.', evidence: [] }],
    priorities: findings.slice(0, 1).map(({ rule }) => rule),
    findings,
    notJudged: [],
    scores: { overall: null, areas: [] },
  }
  return { ...report, findings: { ...judged, ...parts } }
}

test('a number is told with its range and where that comes from; a doubt as a doubt', () => {
  const [evidence] = finding({}).evidence
  expect(evidence && evidenceWords(evidence)).toBe('PLR 5.2\u00a0dB; 8\u00a0dB or more raises nothing')
  expect(confidenceWords(finding({}))).toBe('likely (counted on planted faults: 80 of 100 like it were true)')
  expect(confidenceWords(finding({ confidence: 0.3, confidenceFrom: 'estimate' }))).toBe(
    'possible (our estimate: 30 of 100 like it are true)',
  )
})

test('a place is told in time, bars and band, and many places as a number', () => {
  const times = [0, 60, 120, 180, 240].map((startSeconds) => ({ startSeconds, endSeconds: startSeconds + 8 }))
  const bars = times.map((_time, index) => ({ from: 1 + 32 * index, to: 5 + 32 * index }))
  expect(placeWords(finding({ place: { times, bars, band: { fromHz: 150, toHz: 500 } } }))).toBe(
    '0:00 to 0:08 (bars 1 to 5), 1:00 to 1:08 (bars 33 to 37), 2:00 to 2:08 (bars 65 to 69) and 2 more places, 150–500 Hz',
  )
  expect(placeWords(finding({}))).toBe('the whole track')
})

test('a cause is told with its track, its reasons, and the setting as it is and as it should be', async () => {
  const report = await reportWith([])
  const bass = report.set?.tracks[2]?.name
  expect(causeWords(cause, report)).toBe(
    `likely: ${bass} (T3), because it alone plays there; its fader is the highest; EQ Eight, gain of band 2: −1\u00a0dB → −3.5\u00a0dB`,
  )
  expect(barWords(cause)).toBe('bars 17 to 25, 33')
  const change = {
    ...cause.change,
    deviceNumber: null,
    device: 'Utility',
    isNew: true,
    parameter: 'Bass Mono',
    present: null,
    proposed: true,
    unit: 'switch',
  } as const
  expect(changeWords({ ...cause, change })).toBe('new Utility, Bass Mono: on')
  expect(causeWords({ ...cause, reasons: [], change: null }, report)).toBe(`likely: ${bass} (T3)`)
})

test('the brief holds intent, strengths, what to do where, and leaves what is intended as it is', async () => {
  const hum = finding({ rule: 'hum', title: 'Mains hum' })
  const report = await reportWith(
    [finding({ causes: [cause] }), finding({ rule: 'dull', title: 'Dull' }), hum],
    {
      verdicts: [{ rule: 'hum', verdict: 'intended', severity: 'severe' }],
    },
  )
  const brief = writeBrief(
    { title: 'Night drive', kind: 'mix', destination: 'Spotify', notes: 'be kind' },
    report,
  )
  const order = [
    '# Night drive',
    'Mix, for Spotify',
    '> be kind',
    '## Good as it is',
    '- Balanced highs.',
    '## To do first',
    '1. **Muddy low mids** (moderate, likely)',
    '   - Where: the whole track',
    'PLR 5.2\u00a0dB',
    'Likely: ',
    '   - Do: Cut 2 dB at 300 Hz.',
    '   - Check: Listen again.',
    '## Also seen',
    '- Dull (moderate)',
    '## Intended, leave as it is',
    '- Mains hum',
  ]
  const places = order.map((text) => brief.indexOf(text))
  expect(places.every((place, index) => place > (places[index - 1] ?? -1))).toBe(true)
})
