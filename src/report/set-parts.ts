import { arrangementOf } from '../als/arrangement.ts'
import type { LiveSet } from '../als/contract.ts'
import type { AudioMeasures } from '../audio/contract.ts'
import { buildFusion } from '../fusion/build-fusion.ts'
import { preflight } from '../preflight/preflight.ts'
import type { Report } from './contract.ts'

/** What the report says of a Live set, alone and together with its mix. */
export function setParts(
  set: LiveSet,
  audio: AudioMeasures | null,
): Pick<Report, 'arrangement' | 'preflight' | 'fusion'> {
  return {
    arrangement: arrangementOf(set),
    preflight: preflight(set),
    fusion: audio === null ? null : buildFusion(set, audio),
  }
}
