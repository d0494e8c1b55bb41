import type { FindingChange, FindingChanges } from '../../src/findings/changes-contract.ts'
import { areaWords, valueWords } from '../findings/finding-words.ts'
import { lightUp } from '../report/light-up.ts'
import tables from '../report/tables.module.css'
import { formatNumber, formatSigned } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import classes from './compare.module.css'

const GROUPS = [
  { state: 'fixed', title: 'Fixed', sign: '✓' },
  { state: 'still there', title: 'Still there', sign: '=' },
  { state: 'new', title: 'New', sign: '+' },
  { state: 'cannot be told', title: 'Cannot be told', sign: '?' },
] as const

const ADVICE: Record<NonNullable<FindingChange['advice']>['verdict'], string> = {
  'as advised': 'changed as advised',
  'less than advised': 'less than advised',
  'more than advised': 'more than advised',
  'the other way': 'changed the other way',
  'not made': 'the advised change was not made',
  'cannot be told': 'whether the advice was followed cannot be told',
}

function numberWords({ number }: FindingChange): string | null {
  if (number === null) return null
  return `${number.what}: ${valueWords(number.earlier, number.unit)} → ${valueWords(number.now, number.unit)}`
}

function adviceWords({ advice }: FindingChange): string | null {
  if (advice === null) return null
  const made = advice.made === null ? '' : ` (${formatSigned(advice.made, 1)} ${advice.unit})`
  return `Advice: ${ADVICE[advice.verdict]}${made}`
}

function Change({ change }: { change: FindingChange }) {
  const details = [numberWords(change), adviceWords(change)].filter((words) => words !== null)
  return (
    <li>
      {change.state === 'fixed' || change.under !== null ? (
        <strong>{change.title}</strong>
      ) : (
        <TextButton onClick={() => lightUp(`findings.${change.rule}`)}>{change.title}</TextButton>
      )}
      {change.trend !== null && change.trend !== 'same' && <strong> {change.trend}</strong>}
      {change.isIntended === true && <span className="muted"> (intended)</span>}: {change.words}
      {details.length > 0 && <span className="muted small"> {details.join('. ')}.</span>}
    </li>
  )
}

/** Scores of both versions, where they differ. */
function ScoreChanges({ changes }: { changes: FindingChanges }) {
  const moved = changes.scores.filter(
    ({ earlier, now }) => earlier !== null && now !== null && Math.round(earlier) !== Math.round(now),
  )
  if (moved.length === 0) return null
  const words = moved.map(
    ({ area, earlier, now }) =>
      `${area === null ? 'overall' : areaWords(area).toLowerCase()} ${formatNumber(earlier ?? 0, 0)} → ${formatNumber(now ?? 0, 0)}`,
  )
  const isSome = changes.findings.some(({ isIntended }) => isIntended === true)
  return (
    <p className="tabular">
      Scores: {words.join(', ')}
      {isSome && ' (both before what is intended is taken out)'}.
    </p>
  )
}

/** What became of the findings of the earlier version, and whether what was advised was done. */
export function FindingChangesList({ changes }: { changes: FindingChanges }) {
  if (changes.findings.length === 0) return null
  return (
    <div id="changes.findings" tabIndex={-1}>
      <ScoreChanges changes={changes} />
      {GROUPS.map(({ state, title, sign }) => {
        const found = changes.findings.filter((change) => change.state === state)
        if (found.length === 0) return null
        return (
          <div key={state}>
            <h3 className={tables.part}>
              <span aria-hidden="true">{sign} </span>
              {title} ({found.length})
            </h3>
            <ul className={classes.facts}>
              {found.map((change) => (
                <Change key={change.rule} change={change} />
              ))}
            </ul>
          </div>
        )
      })}
    </div>
  )
}
