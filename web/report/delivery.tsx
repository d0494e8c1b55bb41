import type { Report } from '../../src/report/contract.ts'
import { formatNumber, formatSigned } from '../ui/format.ts'
import classes from './delivery.module.css'
import { type Platform, sourceWords } from './platforms.ts'

function gainWords(gainDb: number | null): string {
  if (gainDb === null) return '–'
  return Math.abs(gainDb) < 0.05 ? 'as it is' : formatSigned(gainDb, 1)
}

function peakWords({ peakAdviceDbtp, headroomDb }: Platform): string {
  if (peakAdviceDbtp === null || headroomDb === null) return '–'
  const advice = formatNumber(peakAdviceDbtp, 0)
  return headroomDb < 0 ? `${advice}, ${formatNumber(-headroomDb, 1)} over` : `${advice}, kept`
}

/** What each place does to the track's level, which peak it advises, and where that is known from. */
export function DeliveryTable({ delivery }: { delivery: NonNullable<Report['delivery']> }) {
  return (
    <section aria-labelledby="delivery-title" id="delivery" tabIndex={-1}>
      <h2 id="delivery-title" className={classes.heading}>
        Where it plays
      </h2>
      <p className="muted small">
        Louder than a platform’s level is no fault: it is turned down, that is all.
      </p>
      <table className={classes.platforms}>
        <thead>
          <tr>
            <th scope="col">Platform</th>
            <th scope="col" className={classes.number}>
              Level, LUFS
            </th>
            <th scope="col" className={classes.number}>
              Plays it, dB
            </th>
            <th scope="col">Peak advice, dBTP</th>
            <th scope="col" className={classes.source}>
              Known from
            </th>
          </tr>
        </thead>
        <tbody>
          {delivery.platforms.map((platform) => (
            <tr key={platform.name}>
              <th scope="row">{platform.name}</th>
              <td className={classes.number}>
                {platform.targetLufs === null ? '–' : formatNumber(platform.targetLufs, 0)}
              </td>
              <td className={classes.number}>{gainWords(platform.gainDb)}</td>
              <td className="tabular">{peakWords(platform)}</td>
              <td className={classes.source}>{sourceWords(platform)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
