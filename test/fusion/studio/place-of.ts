import type { AudioMeasures } from '../../../src/audio/contract.ts'
import { leastAlikeBand, standoutThird } from '../../../src/fusion/culprits/narrow-place.ts'
import type { ProblemKind, ProblemPlace } from '../../../src/fusion/culprits/problem.ts'

const RANGES: Partial<Record<ProblemKind, readonly [fromHz: number, toHz: number]>> = {
  mud: [100, 315],
  boom: [40, 125],
  harshness: [2000, 5000],
  'kick-bass-clash': [40, 125],
}
const EVERYWHERE: ProblemPlace = { times: [], fromHz: null, toHz: null }

/** Where a finding would place a problem, by the measures of the mix alone, as the causes of findings do. */
export function placeOf(kind: ProblemKind, audio: AudioMeasures): ProblemPlace {
  const range = RANGES[kind]
  if (range !== undefined)
    return { ...EVERYWHERE, ...standoutThird(audio, { fromHz: range[0], toHz: range[1] }) }
  const isStereo = kind === 'width' || kind === 'phase'
  return isStereo ? { ...EVERYWHERE, ...leastAlikeBand(audio) } : EVERYWHERE
}
