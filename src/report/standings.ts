import type { Purpose } from '../findings/rule.ts'
import type { Standing } from '../findings/score-track.ts'
import { placeInPopulations } from './place-in-populations.ts'
import type { Comparable } from './track-profile.ts'

/** Numbers whose standing counts a little in the score of an area. Loudness does not: loud is no fault. */
const AREA_OF: Record<string, Standing['area']> = {
  'dynamics.plrDb': 'dynamics',
  'spectrum.tiltDbPerOctave': 'tone',
  'spectrum.bands[0].shareDb': 'low end',
  'stereo.widthDb': 'stereo',
}

/** Where a track stands in the population that was measured here. A mix is not limited yet: its dynamics are its own. */
export function standingsOf(audio: Comparable, purpose?: Purpose): Standing[] {
  return placeInPopulations(audio)
    .filter(({ basis }) => basis === 'measured')
    .flatMap(({ name, standings }) =>
      standings.flatMap(({ path, percentile }): Standing[] => {
        const area = AREA_OF[path]
        if (area === undefined || percentile === null) return []
        return area === 'dynamics' && purpose?.kind === 'mix'
          ? []
          : [{ path, area, percentile, population: name }]
      }),
    )
}
