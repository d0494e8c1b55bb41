import type { ChangeRange } from '../../src/report/changes-contract.ts'
import type { SetChangeEffect, SetChanges } from '../../src/report/set-changes-contract.ts'
import tables from '../report/tables.module.css'
import type { Timeline } from '../report/timeline.ts'
import { countOf, formatNumber, formatSigned } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import { changeWords, placeWords } from './change-words.ts'
import classes from './compare.module.css'

interface SetChangesPanelProps {
  setChanges: SetChanges
  /** Differences of the mix, which the changes of the set point at. */
  ranges: readonly ChangeRange[]
  timeline: Timeline
  onShowTrack: (trackIndex: number) => void
}

/** What was changed in the Live set since the earlier version, each change with what it did to the mix. */
export function SetChangesPanel({ setChanges, ranges, timeline, onShowTrack }: SetChangesPanelProps) {
  const silent = setChanges.changes.filter(({ outcome }) => outcome === 'silent by itself')
  const sounding = setChanges.changes.filter((change) => !silent.includes(change))
  const unexplained = setChanges.unexplainedRanges.flatMap((index) => ranges[index] ?? [])
  return (
    <section aria-labelledby="set-changes-title" id="setChanges" tabIndex={-1}>
      <h2 id="set-changes-title" className={tables.heading}>
        What you changed, what it did
      </h2>
      {setChanges.changes.length === 0 && <p>Nothing was changed in the Live set.</p>}
      <ul className={classes.facts}>
        {sounding.map((change, index) => (
          <ChangeItem
            key={keyOf(change, index)}
            change={change}
            ranges={ranges}
            timeline={timeline}
            onShowTrack={onShowTrack}
          />
        ))}
      </ul>
      {unexplained.length > 0 && (
        <>
          <p className={classes.lead}>
            The set does not explain these differences: plug-ins, sound files or work on the finished mix may.
          </p>
          <ul className={classes.facts}>
            {unexplained.map((range) => (
              <li key={`${range.kind} ${range.bands.join()} ${range.startSeconds}`}>
                <TextButton onClick={() => timeline.seek(range.startSeconds)}>{placeWords(range)}</TextButton>
                : {changeWords(range)}
              </li>
            ))}
          </ul>
        </>
      )}
      {silent.length > 0 && (
        <details>
          <summary>
            {countOf(silent.length, 'change', 'changes')} that make no sound: names, order, locators
          </summary>
          <ul className={classes.facts}>
            {silent.map((change, index) => (
              <li key={keyOf(change, index)}>
                {change.trackName === null ? '' : `${change.trackName || 'unnamed'}: `}
                {change.words}
              </li>
            ))}
          </ul>
        </details>
      )}
      {setChanges.more > 0 && (
        <p className="muted small">
          {countOf(setChanges.more, 'more change is', 'more changes are')} not listed.
        </p>
      )}
    </section>
  )
}

const keyOf = ({ kind, trackIndex, deviceId, what, bar }: SetChangeEffect, index: number) =>
  `${kind} ${trackIndex} ${deviceId} ${what} ${bar} ${index}`

const OUTCOMES = {
  measured: '',
  'nothing measured': 'No difference of the mix fits it.',
  'silent by itself': '',
  'cannot be told': 'What it did cannot be told without two mixes that lie over each other.',
} as const

/** More of them are folded away. */
const SHOWN_EFFECTS = 4

interface EffectsProps extends Pick<SetChangesPanelProps, 'ranges' | 'timeline'> {
  did: SetChangeEffect['did']
}

/** Differences of the mix that one change may have made. */
function Effects({ did, ranges, timeline }: EffectsProps) {
  return (
    <ul className={classes.effects}>
      {did.map(({ rangeIndex, likelihood, expectedDb }) => {
        const range = ranges[rangeIndex]
        if (range === undefined) return null
        return (
          <li key={rangeIndex}>
            <TextButton onClick={() => timeline.seek(range.startSeconds)}>{placeWords(range)}</TextButton>:{' '}
            {changeWords(range)}
            <span className="muted">
              {' '}
              ({formatNumber(100 * likelihood, 0)} % likely from this
              {expectedDb === null ? '' : `; about ${formatSigned(expectedDb, 1)} dB was to be expected`})
            </span>
          </li>
        )
      })}
    </ul>
  )
}

interface ChangeItemProps extends Omit<SetChangesPanelProps, 'setChanges'> {
  change: SetChangeEffect
}

function ChangeItem({ change, ranges, timeline, onShowTrack }: ChangeItemProps) {
  const { trackIndex, trackName, words, outcome, did } = change
  const name = trackName === '' ? 'unnamed' : trackName
  return (
    <li>
      {name !== null && trackIndex !== null && (
        <TextButton onClick={() => onShowTrack(trackIndex)}>{name}</TextButton>
      )}
      {name !== null && trackIndex === null && <strong>{name}</strong>}
      {name !== null && ': '}
      {words}.{' '}
      {outcome === 'measured' ? (
        <>
          <Effects did={did.slice(0, SHOWN_EFFECTS)} ranges={ranges} timeline={timeline} />
          {did.length > SHOWN_EFFECTS && (
            <details>
              <summary>
                and {countOf(did.length - SHOWN_EFFECTS, 'less likely place', 'less likely places')}
              </summary>
              <Effects did={did.slice(SHOWN_EFFECTS)} ranges={ranges} timeline={timeline} />
            </details>
          )}
        </>
      ) : (
        <span className="muted">{OUTCOMES[outcome]}</span>
      )}
    </li>
  )
}
