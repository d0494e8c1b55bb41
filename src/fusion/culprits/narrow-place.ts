import type { AudioMeasures } from '../../audio/contract.ts'
import { BANDS } from '../../audio/seven-bands.ts'

export interface BandPlace {
  fromHz: number
  toHz: number
}

const THIRD = 2 ** (1 / 3)
/** The straight line through the whole spectrum is drawn over these, Hz. */
const LINE_HZ = { from: 63, to: 12_500 }
/** A band this far below the loudest hardly counts for the width of the whole. */
const QUIET_DB = -25

/** The third octave of a range that stands highest above the straight line through the whole spectrum, and one third either side. */
export function standoutThird({ spectrum }: Pick<AudioMeasures, 'spectrum'>, range: BandPlace): BandPlace {
  const thirds = (spectrum.thirdOctaves ?? []).flatMap(({ centreHz, levelDb }) =>
    levelDb === null ? [] : [{ centreHz, x: Math.log2(centreHz), y: levelDb }],
  )
  const line = lineThrough(
    thirds.filter(({ centreHz }) => centreHz >= LINE_HZ.from && centreHz <= LINE_HZ.to),
  )
  const [top] = thirds
    .filter(({ centreHz }) => centreHz >= range.fromHz && centreHz <= range.toHz)
    .map(({ centreHz, x, y }) => ({ centreHz, over: y - line(x) }))
    .sort((a, b) => b.over - a.over)
  const centreHz = top?.centreHz ?? Math.sqrt(range.fromHz * range.toHz)
  return { fromHz: (centreHz / THIRD) * 0.95, toHz: centreHz * THIRD * 1.05 }
}

/** Least squares. */
function lineThrough(points: readonly { x: number; y: number }[]): (x: number) => number {
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length
  const slope =
    points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) /
    points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  return (x) => meanY + slope * (x - meanX)
}

/** The one of the seven bands whose sides are least alike, quiet bands left out; null without any. */
export function leastAlikeBand({
  spectrum,
  stereo,
}: Pick<AudioMeasures, 'spectrum' | 'stereo'>): BandPlace | null {
  const heard = new Set(
    spectrum.bands.filter(({ shareDb }) => shareDb !== null && shareDb > QUIET_DB).map(({ name }) => name),
  )
  const [worst] = (stereo.bands ?? [])
    .filter(({ name, correlation }) => correlation !== null && heard.has(name))
    .sort((a, b) => (a.correlation ?? 1) - (b.correlation ?? 1))
  const band = BANDS.find(({ name }) => name === worst?.name)
  return band === undefined ? null : { fromHz: band.fromHz, toHz: band.toHz }
}
