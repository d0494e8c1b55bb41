import { VisuallyHidden } from '@mantine/core'
import type { Stereo } from '../../src/audio/contract.ts'
import { formatHzRange, formatNumber, formatSigned } from '../ui/format.ts'
import { sureWords } from './section-words.ts'
import classes from './tables.module.css'

/** From here on a band is marked; thresholds in use elsewhere, an opinion. */
const LOW_CORRELATION = 0
const NOTABLE_LOSS_DB = -3
const NOTABLE_BALANCE_DB = 3

interface CellProps {
  value: number | null
  decimals: number
  isNotable?: boolean
}

function Cell({ value, decimals, isNotable = false }: CellProps) {
  return (
    <td data-notable={isNotable}>
      {value === null ? '–' : formatSigned(value, decimals)}
      {isNotable && <span aria-hidden="true"> !</span>}
      {isNotable && <VisuallyHidden component="span"> (stands out)</VisuallyHidden>}
    </td>
  )
}

/** One side that comes later than the other: it widens, and combs in mono. */
function Delays({ delays }: { delays: NonNullable<Stereo['delays']> }) {
  return delays.map(({ milliseconds, leads, fromHz, toHz, confidence }, index) => (
    <p key={milliseconds} className={classes.notes} id={`stereo.delays[${index}]`} tabIndex={-1}>
      The {leads} side is first by {formatNumber(milliseconds, 1)} ms ({formatHzRange(fromHz, toHz)},{' '}
      {sureWords(confidence)}): a Haas delay or two microphones. Added to mono, such sounds turn hollow.
    </p>
  ))
}

/** Correlation, width, balance and mono loss of the seven bands. */
export function StereoBands({ stereo }: { stereo: Stereo }) {
  const bands = stereo.bands ?? []
  if (bands.every((band) => band.correlation === null)) return null
  return (
    <section aria-labelledby="stereo-bands-title" id="stereo.bands" tabIndex={-1}>
      <h2 id="stereo-bands-title" className={classes.heading}>
        Stereo by band
      </h2>
      <p className="muted small">
        Width is sides over middle, balance left over right. “!” stands where the sides work against each
        other, more than 3 dB vanish in mono, or one side is 3 dB louder: an opinion.
      </p>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">Band</th>
            <th scope="col">Correlation</th>
            <th scope="col">Width, dB</th>
            <th scope="col">Balance, dB</th>
            <th scope="col">In mono, dB</th>
          </tr>
        </thead>
        <tbody>
          {bands.map((band, index) => (
            <tr key={band.name} id={`stereo.bands[${index}]`} tabIndex={-1}>
              <th scope="row">{band.name}</th>
              <Cell
                value={band.correlation}
                decimals={2}
                isNotable={band.correlation !== null && band.correlation < LOW_CORRELATION}
              />
              <Cell value={band.widthDb} decimals={1} />
              <Cell
                value={band.balanceDb}
                decimals={1}
                isNotable={band.balanceDb !== null && Math.abs(band.balanceDb) >= NOTABLE_BALANCE_DB}
              />
              <Cell
                value={band.monoLossDb}
                decimals={1}
                isNotable={band.monoLossDb !== null && band.monoLossDb < NOTABLE_LOSS_DB}
              />
            </tr>
          ))}
        </tbody>
      </table>
      <Delays delays={stereo.delays ?? []} />
    </section>
  )
}
