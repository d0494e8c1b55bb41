import { expect, test } from 'vitest'
import { judgePromises } from '../../scripts/promises-proven.ts'

const promises = 'id,kind,promise\nTS-01,sw,"One, two"\nTS-02,derived,Three\nTS-03,ops,Four\nTS-04,sw,Five\n'
const results = (...tests: [string, string][]) => ({
  testResults: [{ assertionResults: tests.map(([fullName, status]) => ({ fullName, status })) }],
})
const page = (...ids: string[]) => ids.map((id) => `| ${id} something | a test |`).join('\n')

test('a promise is proven when it is claimed and a passing test names it, and of software promises only', () => {
  const judged = judgePromises(
    promises,
    page('TS-01', 'TS-03'),
    results(['it holds (TS-01, TS-03)', 'passed']),
  )
  expect(judged).toEqual({
    proven: ['TS-01'],
    software: ['TS-01', 'TS-02', 'TS-04'],
    open: ['TS-02', 'TS-04'],
    broken: [],
  })
})

test('a claim breaks without a test, with one that was skipped, with one that fails, and when it is no promise', () => {
  const tests = results(
    ['skipped (TS-02)', 'skipped'],
    ['passes (TS-04)', 'passed'],
    ['fails elsewhere (TS-04)', 'failed'],
  )
  const judged = judgePromises(promises, page('TS-01', 'TS-02', 'TS-04', 'TS-99'), tests)
  expect(judged.broken).toEqual(['TS-01', 'TS-02', 'TS-04', 'TS-99'])
  expect(judged.proven).toEqual([])
})
