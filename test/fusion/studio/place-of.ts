import type { AudioMeasures } from '../../../src/audio/contract.ts'
import type { ProblemKind, ProblemPlace } from '../../../src/fusion/culprits/problem.ts'

/**
 * Where a finding would place a problem, by the measures of the mix alone. Tonal problems: the third octave of the
 * kind's range that stands highest above the straight line through the whole spectrum, and one third either side.
 * Width and phase: the band with the lowest correlation among those within 25 dB of the loudest. Others: the whole.
 */
const RANGES: Partial<Record<ProblemKind, readonly [fromHz: number, toHz: number]>> = {
  mud: [100, 315],
  boom: [40, 125],
  harshness: [2000, 5000],
  'kick-bass-clash': [40, 125],
}
const EDGES: Readonly<Record<string, readonly [number, number]>> = {
  Sub: [20, 60],
  Low: [60, 200],
  'Low-mid': [200, 500],
  Mid: [500, 2000],
  'High-mid': [2000, 6000],
  Presence: [6000, 12_000],
  Air: [12_000, 20_000],
}
const THIRD = 2 ** (1 / 3)
const EVERYWHERE: ProblemPlace = { startSeconds: null, endSeconds: null, fromHz: null, toHz: null }

export function placeOf(kind: ProblemKind, audio: AudioMeasures): ProblemPlace {
  const range = RANGES[kind]
  if (range !== undefined) return tonalPlace(audio, range)
  return kind === 'width' || kind === 'phase' ? stereoPlace(audio) : EVERYWHERE
}

function tonalPlace({ spectrum }: AudioMeasures, [fromHz, toHz]: readonly [number, number]): ProblemPlace {
  const points = (spectrum.thirdOctaves ?? []).flatMap(({ centreHz, levelDb }) =>
    levelDb !== null && centreHz >= 63 && centreHz <= 12_500 ? [{ x: Math.log2(centreHz), y: levelDb }] : [],
  )
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / points.length
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / points.length
  const slope =
    points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) /
    points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  const over = (spectrum.thirdOctaves ?? [])
    .filter(({ centreHz, levelDb }) => levelDb !== null && centreHz >= fromHz && centreHz <= toHz)
    .map(({ centreHz, levelDb }) => ({
      centreHz,
      overDb: (levelDb ?? 0) - meanY - slope * (Math.log2(centreHz) - meanX),
    }))
    .sort((a, b) => b.overDb - a.overDb)
  const [top] = over
  const centre = top?.centreHz ?? Math.sqrt(fromHz * toHz)
  return { ...EVERYWHERE, fromHz: (centre / THIRD) * 0.95, toHz: centre * THIRD * 1.05 }
}

function stereoPlace({ spectrum, stereo }: AudioMeasures): ProblemPlace {
  const heard = new Set(
    spectrum.bands.filter(({ shareDb }) => shareDb !== null && shareDb > -25).map(({ name }) => name),
  )
  const [worst] = (stereo.bands ?? [])
    .filter(({ name, correlation }) => correlation !== null && heard.has(name))
    .sort((a, b) => (a.correlation ?? 1) - (b.correlation ?? 1))
  const edges = EDGES[worst?.name ?? '']
  return edges === undefined ? EVERYWHERE : { ...EVERYWHERE, fromHz: edges[0], toHz: edges[1] }
}
