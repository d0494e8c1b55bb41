import type { Spectrum } from './contract.ts'
import { roundTo } from './decibels.ts'
import type { TrackSpectrum } from './spectrum-meter.ts'
import { THIRD_OCTAVES } from './third-octaves.ts'

const MAX_COLUMNS = 400
const FLOOR_DBFS = -120

/** The third octaves over time: at most 400 columns, whole decibels of full scale. */
export function drawSpectrogram({
  bandPowers,
  frames,
  stepSeconds,
}: TrackSpectrum): NonNullable<Spectrum['spectrogram']> {
  const group = Math.max(1, Math.ceil(frames / MAX_COLUMNS))
  const bands = THIRD_OCTAVES.length
  const levelsDb: number[][] = []
  for (let first = 0; first < frames; first += group) {
    const end = Math.min(frames, first + group)
    levelsDb.push(
      THIRD_OCTAVES.map((_, band) => {
        let power = 0
        for (let frame = first; frame < end; frame++) power += bandPowers[frame * bands + band] ?? 0
        return Math.max(FLOOR_DBFS, Math.round(10 * Math.log10(power / (end - first) + 1e-30)))
      }),
    )
  }
  return {
    stepSeconds: roundTo(group * stepSeconds, 6),
    bandsHz: THIRD_OCTAVES.map(({ centreHz }) => centreHz),
    levelsDb,
  }
}
