import type { Report } from '../../src/report/contract.ts'
import type { Intent } from '../../src/uploads/contract.ts'
import { inShort } from './in-short.ts'
import classes from './report.module.css'

/** The numbers in words, before the gauges. */
export function Remarks({ report, intent }: { report: Report; intent: Intent }) {
  const remarks = inShort(report, intent)
  if (remarks.length === 0) return null
  return (
    <section className={classes.remarks} aria-labelledby="remarks-title">
      <h2 id="remarks-title">In short</h2>
      <ul>
        {remarks.map((remark) => (
          <li key={remark.path}>
            {remark.words}
            {remark.source !== null && <span className={classes.source}> ({remark.source})</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
