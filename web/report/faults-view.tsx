import type { Report } from '../../src/report/contract.ts'
import { faultsFound } from './fault-words.ts'
import classes from './tables.module.css'

/** Technical faults in plain words: only what was found. */
export function FaultsView({ report }: { report: Report }) {
  if (report.faults === null || report.faults === undefined) return null
  const found = faultsFound(report, report.faults)
  return (
    <section aria-labelledby="faults-title" id="faults" tabIndex={-1}>
      <h2 id="faults-title" className={classes.heading}>
        Faults in the file
      </h2>
      {found.length === 0 ? (
        <p className="muted small">
          Nothing found: no clicks, dropouts, hum, offset, silent channel or cut-off ending.
        </p>
      ) : (
        <ul className={classes.faults}>
          {found.map((fault) => (
            <li key={fault.path} id={fault.path} tabIndex={-1}>
              {fault.words}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
