import { expect, test } from 'vitest'
import { checkAnswer } from '../../src/grounding/check-answer.ts'
import { readNumbers, readSentences } from '../../src/grounding/read-text.ts'
import { confusionOf } from './confusion.ts'
import { readAnswers, readReport } from './marked-answers.ts'

const report = await readReport()
const check = (text: string, said: string[] = []) => checkAnswer(report, text, { said, intent: '' })

test.each(['answers.txt', 'held-out.txt', 'fresh.txt', 'evasive.txt', 'last.txt'] as const)(
  'of the hand-written answers in %s at least 99 % of what is not from the analysis is marked, and at most 1 % of the rest',
  async (name) => {
    const { caught, missed, cleared, accused } = confusionOf(report, await readAnswers(name))
    expect(missed.slice(0, Math.floor((caught + missed.length) / 100) + 1)).toEqual(
      missed.slice(0, Math.floor((caught + missed.length) / 100)),
    )
    expect(accused.slice(0, Math.floor((cleared + accused.length) / 100) + 1)).toEqual(
      accused.slice(0, Math.floor((cleared + accused.length) / 100)),
    )
    expect(caught).toBeGreaterThan(25)
  },
)

test('a piece is named by its place in the answer as it was written', () => {
  const answer = 'Der True Peak ist −3,5 dBTP [peaks.truePeakDbtp].'
  const [piece] = check(answer).unmatched
  expect(piece).toMatchObject({ text: '−3,5', reason: 'other-value' })
  expect(answer.slice(piece?.start, piece?.end)).toBe('−3,5')
})

test('a value is held to the decimals that are written', () => {
  expect(check('It measures -9 LUFS [loudness.integratedLufs].').unmatched).toEqual([])
  expect(check('It measures -9.1 LUFS [loudness.integratedLufs].').unmatched).toEqual([])
  expect(check('It measures -9.2 LUFS [loudness.integratedLufs].').unmatched).toHaveLength(1)
  expect(check('The resonance is at 0.24 kHz [spectrum.resonances[0].frequencyHz].').unmatched).toEqual([])
})

test('amounts of advice are no measurements', () => {
  expect(check('Try cutting 2–3 dB at 250 Hz with a Q of 1.4.')).toMatchObject({ unmatched: [], grounded: 0 })
  expect(check('The mud is 2.7 dB too loud.').unmatched).toHaveLength(1)
})

test('what the person said may be repeated, and is not passed off as measured', () => {
  expect(check('You aim for -6 LUFS; that is loud.', ['I want -6 LUFS']).said).toBe(1)
  expect(check('It measures -6 LUFS.', ['I want -6 LUFS']).unmatched).toHaveLength(1)
})

test('a reference that leads nowhere is marked', () => {
  expect(check('The warmth is fine [tone.warmth].').unmatched).toMatchObject([
    { text: '[tone.warmth]', reason: 'no-such-reference' },
  ])
  expect(check('A box [x], a verse [Verse 1] and [T5] are no references.').unmatched).toEqual([])
  expect(check('The warmth is 4 dB [spectrum.warmthDb].').unmatched.map(({ reason }) => reason)).toContain(
    'no-such-reference',
  )
})

test('an answer without any number has nothing to mark, and one of many kilobytes takes no time', () => {
  expect(check('Nothing was measured about the vocals.')).toMatchObject({ grounded: 0, unmatched: [] })
  const startedAt = performance.now()
  check('The integrated loudness is -9.1 LUFS [loudness.integratedLufs]. '.repeat(120))
  expect(performance.now() - startedAt).toBeLessThan(2000)
})

test('a question or an answer of nothing but digits or marks takes no time either', () => {
  const startedAt = process.cpuUsage().user
  expect(readNumbers('1 '.repeat(40_000))).toHaveLength(40_000)
  expect(readSentences(`${'!'.repeat(16_000)}x`).length).toBeGreaterThan(0)
  check('It measures -6 LUFS.', ['1 '.repeat(40_000)])
  check('1 '.repeat(12_000), ['-6 LUFS'])
  expect((process.cpuUsage().user - startedAt) / 1000).toBeLessThan(4000)
})

test('a number in words, with a slash before it or no clock time is judged like every other', () => {
  const marked = (text: string) => check(text).unmatched.map((piece) => piece.text)
  expect(marked('Your master is minus four LUFS loud.')).toEqual(['minus four'])
  expect(marked('It is -9.1 LUFS/7.7 dB in the drop.')).toEqual(['7.7'])
  expect(marked('Clipping at 3:75.')).toEqual(['3:75'])
  expect(marked('It measures minus nine LUFS. Cut two dB with a ratio of 4:1.')).toEqual([])
})

test('a row of a long table that was not told bears nothing out', () => {
  const [first] = report.spectrum?.resonances ?? []
  if (!report.spectrum || !first) throw new Error('The report has resonances')
  const resonances = Array.from({ length: 60 }, (_, index) => ({
    ...first,
    frequencyHz: 1001 + 100 * index,
    overDb: index,
  }))
  const long = { ...report, spectrum: { ...report.spectrum, resonances } }
  const marked = (index: number) =>
    checkAnswer(long, `It stands out by ${index} dB [spectrum.resonances[${index}].overDb].`, {
      said: [],
      intent: '',
    }).unmatched
  expect(marked(59)).toEqual([])
  expect(marked(1).map(({ text }) => text)).toContain('1')
})
