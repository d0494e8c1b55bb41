import type { AudioMeasures } from '../audio/contract.ts'
import type { Comparison } from './contract.ts'

/**
 * How a track differs from a reference: track minus reference, in LU and dB.
 * Bands are compared by their share of the whole, so that a louder track does not look brighter and bassier at once.
 * @returns null wherever one of the two has no such number
 */
export function compareTracks(track: AudioMeasures, reference: AudioMeasures): Comparison {
  return {
    integratedLu: minus(track.loudness.integratedLufs, reference.loudness.integratedLufs),
    rangeLu: minus(track.loudness.rangeLu, reference.loudness.rangeLu),
    shortTermMaxLu: minus(track.loudness.shortTermMaxLufs, reference.loudness.shortTermMaxLufs),
    truePeakDb: minus(track.peaks.truePeakDbtp, reference.peaks.truePeakDbtp),
    crestDb: minus(track.dynamics.crestDb, reference.dynamics.crestDb),
    plrDb: minus(track.dynamics.plrDb, reference.dynamics.plrDb),
    correlation: minus(track.stereo.correlation, reference.stereo.correlation),
    bands: track.spectrum.bands.map((band) => {
      const other = reference.spectrum.bands.find(({ name }) => name === band.name)
      return {
        name: band.name,
        fromHz: band.fromHz,
        toHz: band.toHz,
        differenceDb: minus(band.shareDb, other?.shareDb ?? null),
      }
    }),
    thirdOctaves: (track.spectrum.thirdOctaves ?? []).map(({ centreHz, levelDb }) => {
      const other = reference.spectrum.thirdOctaves?.find((band) => band.centreHz === centreHz)
      return { centreHz, differenceDb: minus(levelDb, other?.levelDb ?? null) }
    }),
  }
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.round((a - b) * 1000) / 1000
}
