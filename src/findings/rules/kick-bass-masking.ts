import { say } from '../in-words.ts'
import { beyond, type Rule, type Subject, type Threshold } from '../rule.ts'

const OVERLAP: Threshold = {
  value: 0.5,
  unit: '',
  provenance: 'measured population',
  source: 'nineteen of twenty of 552 excerpts of freely licensed and generated music with strokes stay below',
}
/** Kick and bass this far apart do not compete, whatever they share. */
const LEVELS_APART_DB = 9
const FEWEST_STROKES_PER_MINUTE = 30

function reason({ audio }: Subject): string | null {
  const lowEnd = audio.spectrum.lowEnd ?? null
  if (lowEnd === null) return 'The overlap of kick and bass was not measured.'
  const { kickDb, bassDb, overlap, strokesPerMinute } = lowEnd
  return kickDb === null ||
    bassDb === null ||
    overlap === null ||
    (strokesPerMinute ?? 0) < FEWEST_STROKES_PER_MINUTE
    ? 'There are no strokes below 200 Hz beside held bass: nothing that could cover each other.'
    : null
}

/** Kick and bass that sound at the same moment and frequency. */
export const kickBassMasking: Rule = {
  id: 'kick-bass-masking',
  area: 'low end',
  cannotJudge: reason,
  judge(subject) {
    const lowEnd = subject.audio.spectrum.lowEnd
    if (reason(subject) !== null || !lowEnd) return null
    const { kickDb, bassDb, overlap } = lowEnd
    if (kickDb === null || bassDb === null || overlap === null || overlap < OVERLAP.value) return null
    if (Math.abs(kickDb - bassDb) > LEVELS_APART_DB) return null
    return {
      severity: 'minor',
      title: 'Kick and bass cover each other',
      words: `Held bass matches ${say(100 * overlap, 0)} % of the energy of the strokes below 200 Hz at the same moment and frequency: neither comes through, and together they take headroom.`,
      evidence: [beyond('spectrum.lowEnd.overlap', 'Overlap of kick and bass', overlap, OVERLAP, 'at most')],
      band: { fromHz: 40, toHz: 200 },
      remedy:
        'Duck the bass by 3 to 6 dB from the kick (attack 1 ms, release 80 to 150 ms), or shorten its notes so that they begin after the kick; or give each its place: cut 2 to 3 dB in the bass where the kick has its fundamental, and the other way round one octave higher.',
      advice: {
        path: 'spectrum.lowEnd.overlap',
        what: 'Overlap of kick and bass',
        band: null,
        unit: '',
        change: { from: null, to: Math.min(-0.1, OVERLAP.value - overlap) },
      },
      check: 'Analyse the new export: an overlap below one half; listen to kick and bass alone in mono.',
    }
  },
}
