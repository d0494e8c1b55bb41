import { compareFindings } from '../findings/compare-findings.ts'
import type { Purpose } from '../findings/rule.ts'
import type { Changes } from './changes-contract.ts'
import { compareVersions } from './compare-versions.ts'
import { standingsOf } from './standings.ts'
import type { Comparable } from './track-profile.ts'

/** What changed since an earlier version, and what became of its findings: null where the two are not one track. */
export function changesSince(newer: Comparable, earlier: Comparable, purpose?: Purpose): Changes {
  const changes = compareVersions(newer, earlier)
  const isAnother = changes.reason === 'not-alike'
  return {
    ...changes,
    findings: isAnother
      ? null
      : compareFindings(newer, earlier, purpose, (audio) => standingsOf(audio, purpose)),
  }
}
