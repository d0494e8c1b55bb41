import type { Dynamics, Structure } from '../../src/audio/contract.ts'
import { formatNumber, formatTime } from '../ui/format.ts'
import { sectionName } from './section-words.ts'
import classes from './tables.module.css'

const digit = (value: number | null) => (value === null ? '–' : formatNumber(value, 1))

interface SectionDynamicsProps {
  sections: NonNullable<Dynamics['sections']>
  structure: Structure | null | undefined
}

/** What moves inside each section: with one section alone the numbers of the whole say it. */
export function SectionDynamics({ sections, structure }: SectionDynamicsProps) {
  if (sections.length < 2) return null
  return (
    <section aria-labelledby="section-dynamics-title" id="dynamics.sections" tabIndex={-1}>
      <h2 id="section-dynamics-title" className={classes.heading}>
        Dynamics by section
      </h2>
      <p className="muted small">
        Peak to short-term is the middle of each section’s windows of 3 s; the range of a section under a
        minute is rough.
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Section</th>
            <th scope="col">Peak to short-term, dB</th>
            <th scope="col">Crest, dB</th>
            <th scope="col">Range, LU</th>
          </tr>
        </thead>
        <tbody>
          {sections.map(({ startSeconds, psrDb, crestDb, rangeLu }, index) => {
            const section = structure?.sections[index]
            return (
              <tr key={startSeconds} id={`dynamics.sections[${index}]`} tabIndex={-1}>
                <th scope="row">
                  {formatTime(startSeconds)} {section === undefined ? '' : sectionName(section)}
                </th>
                <td>{digit(psrDb)}</td>
                <td>{digit(crestDb)}</td>
                <td>{digit(rangeLu)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
