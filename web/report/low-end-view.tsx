import type { LowEnd } from '../../src/audio/contract.ts'
import { formatNumber, formatSigned } from '../ui/format.ts'
import { percent } from './measure-words.ts'
import { sureWords } from './section-words.ts'
import classes from './tables.module.css'

/** Where notes are held for less than this part of the time, shares of it say little. */
const RARE_SHARE = 0.1

function summary({ noteShare, noteConfidence }: LowEnd): string {
  if (noteShare === null || noteConfidence === null) return 'The bass holds no clear note.'
  const rarely = noteShare < RARE_SHARE ? ' That is rare: take it with care.' : ''
  return `A note is held in ${percent(noteShare)} of the time that the low end sounds; ${sureWords(noteConfidence)}.${rarely}`
}

/** Which notes the bass holds, and for how much of the time. */
export function LowEndView({ lowEnd }: { lowEnd: LowEnd }) {
  return (
    <section aria-labelledby="low-end-title" id="spectrum.lowEnd" tabIndex={-1}>
      <h2 id="low-end-title" className={classes.heading}>
        Bass notes
      </h2>
      <p className="muted small">
        {summary(lowEnd)} C4 is middle C: a DAW may count its octaves one lower. Notes under 0.3 s blur.
      </p>
      {lowEnd.notes.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Note</th>
              <th scope="col">Frequency</th>
              <th scope="col">Off the note</th>
              <th scope="col">Share of held time</th>
            </tr>
          </thead>
          <tbody>
            {lowEnd.notes.map(({ note, frequencyHz, cents, share }, index) => (
              <tr key={note} id={`spectrum.lowEnd.notes[${index}]`} tabIndex={-1}>
                <th scope="row">{note}</th>
                <td>{formatNumber(frequencyHz, 1)} Hz</td>
                <td>{formatSigned(cents, 0)} cents</td>
                <td>{percent(share)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
