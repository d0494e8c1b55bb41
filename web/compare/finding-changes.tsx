import type { FindingChange, FindingChanges } from '../../src/findings/changes-contract.ts'
import { areaWords } from '../findings/finding-words.ts'
import { lightUp } from '../report/light-up.ts'
import tables from '../report/tables.module.css'
import { formatNumber } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import classes from './compare.module.css'

const GROUPS = [
  { state: 'fixed', title: 'Fixed', sign: '✓' },
  { state: 'still there', title: 'Still there', sign: '=' },
  { state: 'new', title: 'New', sign: '+' },
  { state: 'cannot be told', title: 'Cannot be told', sign: '?' },
] as const

/** What became of one finding; the sentence from the engine names number and advice. */
function Change({ change }: { change: FindingChange }) {
  const { title, words } = change
  const rest = words.startsWith(`${title}: `) ? words.slice(title.length + 2) : words
  return (
    <li>
      {change.state === 'fixed' || change.under !== null ? (
        <strong>{title}</strong>
      ) : (
        <TextButton onClick={() => lightUp(`findings.${change.rule}`)}>{title}</TextButton>
      )}
      {change.isIntended === true && <span className="muted"> (intended)</span>}: {rest}
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
