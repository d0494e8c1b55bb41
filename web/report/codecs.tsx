import type { Report } from '../../src/report/contract.ts'
import { countOf, formatNumber, formatSigned, formatTime } from '../ui/format.ts'
import classes from './delivery.module.css'

type Codecs = NonNullable<Report['codecs']>
type Encode = Codecs['encodes'][number]

const MISSING: Record<NonNullable<Encode['missing']>, string> = {
  'not-stereo': 'only mono and stereo are encoded',
  'sample-rate-too-low': 'the sample rate is below 32 kHz',
  'codec-failed': 'this encoder is missing here or failed',
  'timed-out': 'encoding took too long',
}

function cutOffWords({ clips }: Encode): string {
  if (clips === null || clips.samples === 0 || clips.firstSeconds === null) return 'none'
  return `${countOf(clips.samples, 'sample', 'samples')}, first at ${formatTime(clips.firstSeconds, 1)}`
}

/** "Spotify, −7.4 there": the platform, and the peak once it has turned the track down or up. */
function platformWords({ playedBy }: Encode): string {
  return playedBy
    .map(({ platform, truePeakAfterDbtp }) =>
      truePeakAfterDbtp === null
        ? platform
        : `${platform}: ${formatNumber(truePeakAfterDbtp, 1)} at its level`,
    )
    .join(', ')
}

function Row({ encode }: { encode: Encode }) {
  const { name, truePeakDbtp, overshootDb, missing } = encode
  return (
    <tr>
      <th scope="row">{name}</th>
      {missing !== null ? (
        <td colSpan={3} className="muted">
          {MISSING[missing]}
        </td>
      ) : (
        <>
          <td className={classes.number}>{truePeakDbtp === null ? '–' : formatNumber(truePeakDbtp, 1)}</td>
          <td className={classes.number}>{overshootDb === null ? '–' : formatSigned(overshootDb, 1)}</td>
          <td className="tabular">{cutOffWords(encode)}</td>
        </>
      )}
      <td className={classes.source}>{platformWords(encode)}</td>
    </tr>
  )
}

/** What real encodes leave of the track's peaks. */
export function CodecTable({ codecs }: { codecs: Codecs }) {
  return (
    <section aria-labelledby="codecs-title" id="codecs" tabIndex={-1}>
      <h2 id="codecs-title" className={classes.heading}>
        After a codec
      </h2>
      <p className="muted small">
        The whole track, encoded and decoded again with ffmpeg {codecs.ffmpegVersion}. A platform’s own
        encoder may differ by some tenths of a decibel. What exceeds full scale is cut off by players that do
        not turn the track down first.
      </p>
      <table className={classes.platforms}>
        <thead>
          <tr>
            <th scope="col">Codec</th>
            <th scope="col" className={classes.number}>
              True peak, dBTP
            </th>
            <th scope="col" className={classes.number}>
              Overshoot, dB
            </th>
            <th scope="col">Cut off</th>
            <th scope="col" className={classes.source}>
              Played by, as reported
            </th>
          </tr>
        </thead>
        <tbody>
          {codecs.encodes.map((encode) => (
            <Row key={encode.id} encode={encode} />
          ))}
        </tbody>
      </table>
    </section>
  )
}
