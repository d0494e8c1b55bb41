import type { Comparison, TrackProfile } from '../../src/report/comparison-contract.ts'
import tables from '../report/tables.module.css'
import { formatNumber, formatSigned } from '../ui/format.ts'

interface Row {
  path: string
  name: string
  unit: string
  decimals: number
  difference: (comparison: Comparison) => number | null | undefined
  reference: (profile: TrackProfile) => number | null
}

const ROWS: readonly Row[] = [
  {
    path: 'integratedLu',
    name: 'Integrated loudness',
    unit: 'LUFS',
    decimals: 1,
    difference: (one) => one.integratedLu,
    reference: (one) => one.integratedLufs,
  },
  {
    path: 'shortTermMaxLu',
    name: 'Loudest 3 s',
    unit: 'LUFS',
    decimals: 1,
    difference: (one) => one.shortTermMaxLu,
    reference: (one) => one.shortTermMaxLufs,
  },
  {
    path: 'rangeLu',
    name: 'Loudness range',
    unit: 'LU',
    decimals: 1,
    difference: (one) => one.rangeLu,
    reference: (one) => one.rangeLu,
  },
  {
    path: 'truePeakDb',
    name: 'True peak',
    unit: 'dBTP',
    decimals: 1,
    difference: (one) => one.truePeakDb,
    reference: (one) => one.truePeakDbtp,
  },
  {
    path: 'plrDb',
    name: 'Peak to loudness',
    unit: 'dB',
    decimals: 1,
    difference: (one) => one.plrDb,
    reference: (one) => one.plrDb,
  },
  {
    path: 'psrMinDb',
    name: 'Peak to short-term, lowest',
    unit: 'dB',
    decimals: 1,
    difference: (one) => one.psrMinDb,
    reference: (one) => one.psrMinDb,
  },
  {
    path: 'crestDb',
    name: 'Crest factor',
    unit: 'dB',
    decimals: 1,
    difference: (one) => one.crestDb,
    reference: (one) => one.crestDb,
  },
  {
    path: 'tiltDbPerOctave',
    name: 'Tilt',
    unit: 'dB/oct',
    decimals: 1,
    difference: (one) => one.tiltDbPerOctave,
    reference: (one) => one.tiltDbPerOctave,
  },
  {
    path: 'correlation',
    name: 'Correlation',
    unit: '',
    decimals: 2,
    difference: (one) => one.correlation,
    reference: (one) => one.stereo.correlation,
  },
  {
    path: 'widthDb',
    name: 'Width',
    unit: 'dB',
    decimals: 1,
    difference: (one) => one.widthDb,
    reference: (one) => one.stereo.widthDb,
  },
]

/** The numbers of both as they are, and how far they lie apart. */
export function DynamicsDifferences({ comparison }: { comparison: Comparison }) {
  const { reference } = comparison
  return (
    <div>
      <h3 className={tables.part}>Loudness, dynamics and stereo</h3>
      <table className={tables.table}>
        <thead>
          <tr>
            <th scope="col">Measure</th>
            <th scope="col">Yours</th>
            <th scope="col">Reference</th>
            <th scope="col">Apart</th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => {
            const apart = row.difference(comparison) ?? null
            const theirs = reference === undefined ? null : row.reference(reference)
            const yours = apart === null || theirs === null ? null : theirs + apart
            return (
              <tr key={row.path} id={`comparison.${row.path}`} tabIndex={-1}>
                <th scope="row">
                  {row.name} <span className="muted">{row.unit}</span>
                </th>
                <td>{yours === null ? '–' : formatNumber(yours, row.decimals)}</td>
                <td>{theirs === null ? '–' : formatNumber(theirs, row.decimals)}</td>
                <td>{apart === null ? '–' : formatSigned(apart, row.decimals)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
