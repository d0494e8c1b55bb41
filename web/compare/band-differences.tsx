import type { Comparison } from '../../src/report/comparison-contract.ts'
import tables from '../report/tables.module.css'
import { formatHzRange } from '../ui/format.ts'
import { DifferenceCell } from './difference-cell.tsx'
import { differenceSize } from './difference-words.ts'
import { WideTable } from './wide-table.tsx'

type Band = Comparison['bands'][number]

const isLarge = ({ fromHz, toHz, differenceDb }: Band) =>
  differenceDb !== null && differenceSize(differenceDb, Math.sqrt(fromHz * toHz)) === 'large'

/** Level, dynamics and stereo of the seven bands against the reference. */
export function BandDifferences({ comparison }: { comparison: Comparison }) {
  return (
    <div>
      <h3 className={tables.part}>Band by band</h3>
      <WideTable name="Differences band by band">
        <thead>
          <tr>
            <th scope="col">Band</th>
            <th scope="col">Level, dB</th>
            <th scope="col">Crest, dB</th>
            <th scope="col">Width, dB</th>
            <th scope="col">Correlation</th>
            <th scope="col">In mono, dB</th>
          </tr>
        </thead>
        <tbody>
          {comparison.bands.map((band, index) => {
            const sides = comparison.stereoBands?.find(({ name }) => name === band.name)
            return (
              <tr key={band.name} id={`comparison.bands[${index}]`} tabIndex={-1}>
                <th scope="row">
                  {band.name} <span className="muted">{formatHzRange(band.fromHz, band.toHz)}</span>
                </th>
                <DifferenceCell value={band.differenceDb} isNotable={isLarge(band)} />
                <DifferenceCell value={band.crestDb} />
                <DifferenceCell value={sides?.widthDb} />
                <DifferenceCell value={sides?.correlation} decimals={2} />
                <DifferenceCell value={sides?.monoLossDb} />
              </tr>
            )
          })}
        </tbody>
      </WideTable>
    </div>
  )
}
