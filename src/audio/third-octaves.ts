/** The thirty third-octave bands from 25 Hz to 20 kHz: nominal and exact centres. Source: ISO 266, IEC 61260-1 (base ten). */
const NOMINAL_HZ = [
  25, 31.5, 40, 50, 63, 80, 100, 125, 160, 200, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000, 2500,
  3150, 4000, 5000, 6300, 8000, 10_000, 12_500, 16_000, 20_000,
]

const HALF_BAND = 10 ** (1 / 20)

export const THIRD_OCTAVES = NOMINAL_HZ.map((centreHz, i) => {
  const exactHz = 1000 * 10 ** ((i - 16) / 10)
  return { centreHz, fromHz: exactHz / HALF_BAND, toHz: exactHz * HALF_BAND }
})

/** The bins at which the bands begin, and the end of the last: for drawing over time, whole bins are exact enough. */
export function thirdOctaveEdges(binHz: number, bins: number): Int32Array {
  const edges = THIRD_OCTAVES.map(({ fromHz }) => fromHz)
  edges.push(THIRD_OCTAVES.at(-1)?.toHz ?? 0)
  return Int32Array.from(edges, (hz) => Math.min(bins, Math.round(hz / binHz)))
}
