import { useState } from 'react'
import type { LiveSet } from '../../src/als/contract.ts'
import tables from '../report/tables.module.css'
import type { Timeline } from '../report/timeline.ts'
import { countOf } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import classes from './arrangement.module.css'
import { clipWords } from './clip-words.ts'
import type { DrawnTrack } from './rows.ts'
import type { SetClock } from './set-clock.ts'

/** More clips of one track than this are counted, not listed. */
const LISTED_CLIPS = 40
const LISTED_LOCATORS = 200

interface ArrangementTableProps {
  set: LiveSet
  drawn: readonly DrawnTrack[]
  clock: SetClock
  timeline: Timeline
}

/** The same as the picture in words: for screen readers, for copying, for whoever prefers it. */
export function ArrangementTable(props: ArrangementTableProps) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <details className={tables.more} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>Arrangement as a list</summary>
      {isOpen && <Lists {...props} />}
    </details>
  )
}

function Lists({ set, drawn, clock, timeline }: ArrangementTableProps) {
  const locators = set.locators.slice(0, LISTED_LOCATORS)
  return (
    <div className={classes.lists}>
      {locators.length > 0 && (
        <ul aria-label="Locators" className={classes.locators}>
          {locators.map(({ beat, name }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the order is the file's and never changes
            <li key={index}>
              <TextButton onClick={() => timeline.seek(clock.secondsOf(beat))}>
                {`bar ${clock.placeWords(beat)} ${name === '' ? 'unnamed locator' : name}`}
              </TextButton>
            </li>
          ))}
        </ul>
      )}
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Track</th>
            <th scope="col">Clips</th>
          </tr>
        </thead>
        <tbody>
          {drawn.map(({ index, name, clips, isGroup, isSilent }) => (
            <tr key={index}>
              <th scope="row">
                {name}
                {isSilent && ' (off)'}
              </th>
              <td>
                {isGroup ? (
                  countOf(clips.length, 'clip in the group', 'clips in the group')
                ) : (
                  <ul>
                    {clips.slice(0, LISTED_CLIPS).map((clip, at) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: the order is the file's and never changes
                      <li key={at}>{clipWords(clip, clock)}</li>
                    ))}
                    {clips.length > LISTED_CLIPS && <li>{`and ${clips.length - LISTED_CLIPS} more`}</li>}
                  </ul>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
