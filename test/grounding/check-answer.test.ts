import { expect, test } from 'vitest'
import { checkAnswer } from '../../src/grounding/check-answer.ts'
import { confusionOf } from './confusion.ts'
import { readAnswers, readReport } from './marked-answers.ts'

const report = await readReport()
const check = (text: string, said: string[] = []) => checkAnswer(report, text, { said, intent: '' })

test.each(['answers.txt', 'held-out.txt', 'fresh.txt'] as const)(
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
  expect(check('The warmth is fine [tone.warmth].').unmatched).toEqual([])
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
