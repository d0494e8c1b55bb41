import type { FollowedAdvice } from './changes-contract.ts'
import type { Advice } from './contract.ts'
import { bandChangeDb, isGone, readNumber } from './read-number.ts'
import type { Judged } from './rule.ts'

/** A change smaller than this part of the least advised one was not meant to follow it. */
const NOT_MADE_SHARE = 0.25
/** Beyond the advised range by this part of it is still as advised. */
const LEEWAY_SHARE = 0.2

/** Whether the change from one version to the next is the one that was advised. */
export function followAdvice(advice: Advice, newer: Judged, earlier: Judged): FollowedAdvice {
  const { path, band } = advice
  const was = readNumber(earlier, path, band)
  if (was !== null && isGone(newer, path, band)) return { ...advice, made: null, verdict: 'as advised' }
  const made = changeOf(advice, newer, earlier)
  return {
    ...advice,
    made: made === null ? null : Math.round(100 * made) / 100,
    verdict: verdictOf(advice, made),
  }
}

function changeOf({ path, band }: Advice, newer: Judged, earlier: Judged): number | null {
  if (band !== null && path === 'spectrum.thirdOctaves') return bandChangeDb(newer, earlier, band)
  const now = readNumber(newer, path, band)
  const before = readNumber(earlier, path, band)
  return now === null || before === null ? null : now - before
}

function verdictOf({ change: { from, to } }: Advice, made: number | null): FollowedAdvice['verdict'] {
  const isDown = (to !== null && to <= 0) || (from !== null && from < 0)
  const least = Math.abs((isDown ? to : from) ?? 0)
  const most = Math.abs((isDown ? from : to) ?? Number.POSITIVE_INFINITY)
  if (made === null || least > most) return 'cannot be told'
  const done = isDown ? -made : made
  const usual = Math.max(least, most === Number.POSITIVE_INFINITY ? 0 : (least + most) / 2)
  if (Math.abs(done) < NOT_MADE_SHARE * usual) return 'not made'
  if (done < 0) return 'the other way'
  if (done < least - LEEWAY_SHARE * usual) return 'less than advised'
  return done > most + LEEWAY_SHARE * usual ? 'more than advised' : 'as advised'
}
