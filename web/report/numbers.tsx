import type { Report } from '../../src/report/contract.ts'
import { formatNumber, formatSigned } from '../ui/format.ts'
import type { MeasureWords } from './measure-words.ts'
import { measureGroups } from './measures.ts'
import classes from './numbers.module.css'
import { standingWords } from './population-words.ts'

function Measure({ measure, report }: { measure: MeasureWords; report: Report }) {
  const value = measure.read(report)
  const format = measure.signed ? formatSigned : formatNumber
  const doubt = measure.doubt?.(report) ?? null
  return (
    <details className={classes.measure} id={measure.path}>
      <summary>
        <span className={classes.name}>
          {measure.name}
          {doubt?.isLikelyWrong === true && <span className={classes.doubt}>uncertain</span>}
        </span>
        <span className={classes.value}>
          {value === null ? (
            <span className="muted">{measure.isNone?.(report) === true ? 'none' : 'not measured'}</span>
          ) : (
            <>
              {format(value, measure.decimals)} <span className={classes.unit}>{measure.unit}</span>
            </>
          )}
        </span>
      </summary>
      <div className={classes.words}>
        {value === null && <p>{measure.missing}</p>}
        {doubt !== null && <p>{doubt.words}</p>}
        <p>{measure.meaning}</p>
        <p className="muted">{measure.method}</p>
        {standingWords(report, measure.path).map((words) => (
          <p key={words}>{words}</p>
        ))}
      </div>
    </details>
  )
}

/** The measured numbers with their units; each opens to say what it means and how it was measured. */
export function Numbers({ report }: { report: Report }) {
  return (
    <section aria-labelledby="numbers-title">
      <h2 id="numbers-title" className={classes.heading}>
        Numbers
      </h2>
      <p className="muted small">Open a line for what it means and how it is measured.</p>
      <div className={classes.groups}>
        {measureGroups.map((group) => (
          <div key={group.title}>
            <h3 className={classes.group}>{group.title}</h3>
            {group.measures.map((measure) => (
              <Measure key={measure.path} measure={measure} report={report} />
            ))}
          </div>
        ))}
      </div>
    </section>
  )
}
