import type { Comparable } from './track-profile.ts'

type Read = (measures: Comparable) => number | null | undefined

const MAIN: Record<string, Read> = {
  'loudness.integratedLufs': (one) => one.loudness.integratedLufs,
  'loudness.rangeLu': (one) => one.loudness.rangeLu,
  'dynamics.plrDb': (one) => one.dynamics.plrDb,
  'dynamics.psrMinDb': (one) => one.dynamics.psrMinDb,
  'dynamics.crestDb': (one) => one.dynamics.crestDb,
  'spectrum.tiltDbPerOctave': (one) => one.spectrum.tiltDbPerOctave,
  'stereo.correlation': (one) => one.stereo.correlation,
  'stereo.widthDb': (one) => one.stereo.widthDb,
}

/** The numbers of a track that populations are told of, by their paths in the report; null where they do not apply. */
export function populationValues(measures: Comparable): Map<string, number | null> {
  const main = Object.entries(MAIN).map(([path, read]) => [path, read(measures) ?? null] as const)
  const bands = measures.spectrum.bands.map(
    ({ shareDb }, i) => [`spectrum.bands[${i}].shareDb`, shareDb] as const,
  )
  return new Map([...main, ...bands])
}
