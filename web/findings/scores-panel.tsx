import type { AreaScore, Findings } from '../../src/findings/contract.ts'
import { lightUp } from '../report/light-up.ts'
import { measureLabel } from '../report/measures.ts'
import { formatNumber } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import { areaWords } from './finding-words.ts'
import classes from './scores.module.css'

/** What took points, by the title of its finding or the name of its number. */
function Reasons({ score, findings }: { score: AreaScore; findings: Findings }) {
  if (score.score === null) return <p>Nothing in this area can be judged from this file.</p>
  if (score.lowered.length === 0) return <p>Nothing lowers it.</p>
  return (
    <ul>
      {score.lowered.map(({ by, points }) => {
        const finding = findings.findings.find(({ rule }) => rule === by)
        return (
          <li key={by}>
            <span className="tabular">{formatNumber(-points, 1)}</span>{' '}
            <TextButton onClick={() => lightUp(finding === undefined ? by : `findings.${by}`)}>
              {finding?.title ?? `${measureLabel(by)} is unusual`}
            </TextButton>
          </li>
        )
      })}
      {score.population !== null && <li className="muted">Unusual against: {score.population}.</li>}
    </ul>
  )
}

function AreaLine({ score, findings }: { score: AreaScore; findings: Findings }) {
  return (
    <details className={classes.area}>
      <summary>
        <span>{areaWords(score.area)}</span>
        <span className={classes.bar} aria-hidden="true">
          <span style={{ width: `${score.score ?? 0}%` }} />
        </span>
        <span className={classes.value}>{score.score === null ? '–' : formatNumber(score.score, 0)}</span>
      </summary>
      <Reasons score={score} findings={findings} />
    </details>
  )
}

/** One score per area and one overall; each opens to say what lowers it. */
export function ScoresPanel({ findings }: { findings: Findings }) {
  const { overall, areas } = findings.scores
  return (
    <section aria-labelledby="scores-title" id="findings.scores" tabIndex={-1}>
      <h2 id="scores-title" className={classes.heading}>
        Scores{overall !== null && `: ${formatNumber(overall, 0)} of 100 overall`}
      </h2>
      <p className="muted small">
        A hundred less what findings take, by severity and confidence; overall is half the weakest area and
        half the mean of all. The same track always scores the same. Open a line for what lowers it.
      </p>
      <div className={classes.areas}>
        {areas.map((score) => (
          <AreaLine key={score.area} score={score} findings={findings} />
        ))}
      </div>
    </section>
  )
}
