import type { Report } from '../../src/report/contract.ts'
import { formatHzRange, formatNumber } from '../ui/format.ts'
import classes from './bands.module.css'
import { type BandStandings, bandStandings } from './population-words.ts'
import tables from './tables.module.css'

const FLOOR_DB = -48

type Spectrum = NonNullable<Report['spectrum']>

/** A band's share as a height in percent: the floor of the chart is −48 dB, its top all of the energy. */
function heightPercent(shareDb: number | null): number {
  if (shareDb === null) return 0
  return Math.min(Math.max(1 - shareDb / FLOOR_DB, 0), 1) * 100
}

/** Where the shares stand among other tracks, for whoever asks. */
function Standings({ spectrum, standings }: { spectrum: Spectrum; standings: BandStandings }) {
  return (
    <details className={tables.more}>
      <summary>Among other tracks</summary>
      <ul className={tables.columns}>
        {spectrum.bands.map((band, index) => (
          <li key={band.name}>
            {band.name}: {standings.shares[index] ? `more than ${standings.shares[index]} them` : 'not known'}
          </li>
        ))}
      </ul>
      <p className="muted">
        Them: {standings.about}. {standings.source} Tracks differ; more or less is no fault.
      </p>
    </details>
  )
}

/** How the energy lies from low to high, as columns over a scale of decibels. */
export function Bands({ spectrum, report }: { spectrum: Spectrum; report: Report }) {
  const standings = bandStandings(report)
  return (
    <section aria-labelledby="bands-title" id="spectrum" tabIndex={-1}>
      <h2 id="bands-title" className={classes.heading}>
        Balance
      </h2>
      <p className="muted small">
        Each band’s share of all the energy, in dB; a higher column holds more of it.
      </p>
      <ul className={classes.bands}>
        {spectrum.bands.map((band, index) => (
          <li key={band.name} id={`spectrum.bands[${index}]`} tabIndex={-1} className={classes.band}>
            <span className={classes.value}>
              {band.shareDb === null ? '–' : formatNumber(band.shareDb, 1)}
            </span>
            <span className={classes.column} aria-hidden="true">
              <span style={{ height: `${heightPercent(band.shareDb)}%` }} />
            </span>
            <span className={classes.name}>{band.name}</span>
            <span className={classes.range}>{formatHzRange(band.fromHz, band.toHz)}</span>
          </li>
        ))}
      </ul>
      {standings !== null && <Standings spectrum={spectrum} standings={standings} />}
    </section>
  )
}
