import type { FindingVerdict } from '../findings/contract.ts'
import { intendedRules, markIntended, respectVerdicts } from '../findings/respect-verdicts.ts'
import type { Report } from './contract.ts'
import { sealed } from './hash-report.ts'

/** The report with what its owner says about findings laid over it; the measured numbers stay as they are. */
export function withVerdicts(report: Report, verdicts: readonly FindingVerdict[]): Report {
  if (!report.findings || verdicts.length === 0) return report
  const changed = report.changes?.findings
  const changes =
    report.changes && changed
      ? { ...report.changes, findings: markIntended(changed, intendedRules(report.findings, verdicts)) }
      : report.changes
  return sealed({ ...report, findings: respectVerdicts(report.findings, verdicts), changes })
}
