import { expect, test } from 'vitest'
import { CURRENT_POLICY_VERSION } from '../../src/accounts/policy-version-contract.ts'
import { periods } from '../../src/privacy/periods.ts'
import { policies } from '../../src/privacy/policies.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** What the policy page says, as milliseconds: the numbers of a sentence with their units. */
function promisedMs(what: RegExp): number[] {
  const { howLong = '' } = policies[0].periods.find((row) => what.test(row.what)) ?? {}
  return [...howLong.matchAll(/([\d.]+) (hours|days)/g)].map(
    ([, count, unit]) => Number(count) * (unit === 'days' ? DAY_MS : HOUR_MS),
  )
}

test('the policy promises the periods that the service keeps (TS-32, TS-33)', () => {
  expect(policies[0].version).toBe(CURRENT_POLICY_VERSION)
  expect(promisedMs(/fails/)).toEqual([periods.failedRawFileMs])
  expect(promisedMs(/Reports/)).toEqual([periods.resultMs])
  expect(promisedMs(/Reference/)).toEqual([periods.keptReferenceMs])
  expect(promisedMs(/^Account/)).toEqual([periods.unverifiedAccountMs])
  expect(promisedMs(/A login/)).toEqual([periods.idleSessionMs, periods.sessionMs])
  expect(promisedMs(/Recognising/)).toEqual([periods.knownDeviceMs])
  expect(promisedMs(/copy of your data/)).toEqual([periods.exportMs])
  expect(promisedMs(/letter was sent/)).toEqual([periods.sentLetterMs])
  expect(policies[0].sections.map(({ title }) => title)).toContain('Links to your reports')
})
