import { dynamics } from './dynamics-words.ts'
import { loudness } from './loudness-words.ts'
import { lowEnd } from './low-end-words.ts'
import type { MeasureGroup } from './measure-words.ts'
import { peaks } from './peak-words.ts'
import { rhythm } from './rhythm-words.ts'
import { stereo } from './stereo-words.ts'
import { tone } from './tone-words.ts'

/** The numbers of an audio report in the order they are shown. */
export const measureGroups: readonly MeasureGroup[] = [
  loudness,
  peaks,
  dynamics,
  stereo,
  tone,
  lowEnd,
  rhythm,
]

const labels = new Map(
  measureGroups.flatMap((group) => group.measures.map((measure) => [measure.path, measure.name] as const)),
)

const PART_LABELS: Record<string, string> = {
  source: 'The file',
  spectrum: 'Balance',
  set: 'Live set',
  loudness: 'Loudness',
  peaks: 'Peaks',
  dynamics: 'Dynamics',
  stereo: 'Stereo',
  rhythm: 'Rhythm',
  delivery: 'Where it plays',
  codecs: 'After a codec',
  faults: 'Faults',
  tonality: 'Key',
  structure: 'Sections',
  comparison: 'Against the reference',
  populations: 'Among other tracks',
  changes: 'Against the earlier version',
  findings: 'Finding',
  strengths: 'Strength',
  scores: 'Score',
  preflight: 'Before export',
  fusion: 'Set and mix',
  provenance: 'Tempo and key',
}
/** A path may come from a model: as a map, no word of it is a property of every object. */
const partLabels = new Map(Object.entries(PART_LABELS))

/** The name under which the page shows what a path of the report points at. */
export function measureLabel(path: string): string {
  const notes = path.startsWith('spectrum.lowEnd') ? 'Low end' : undefined
  return labels.get(path) ?? notes ?? partLabels.get(path.split(/[.[]/)[0] ?? '') ?? path
}
