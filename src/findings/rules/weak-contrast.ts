import { livesOnEvenness } from '../destinations.ts'
import { clock, say } from '../in-words.ts'
import { advise, beyond, type Rule, type Subject, type Threshold } from '../rule.ts'

const CONTRAST: Threshold = {
  value: 1,
  unit: 'dB',
  provenance: 'measured population',
  source:
    'one in eight of 147 freely licensed tracks has less; services elsewhere ask for 6 dB, which most music does not have',
}
const SHORTEST_SECONDS = 90
const FEWEST_SECTIONS = 4

function reason({ audio, purpose }: Subject): string | null {
  if (livesOnEvenness(purpose)) return 'Contrast between sections is not what this genre asks for.'
  if (!audio.structure) return 'Contrast needs sections, and those need a steady beat.'
  if (audio.source.durationSeconds < SHORTEST_SECONDS)
    return `Contrast needs at least ${clock(SHORTEST_SECONDS)} of music.`
  return audio.structure.sections.length < FEWEST_SECTIONS ? 'Contrast needs at least four sections.' : null
}

/** Sections that are all as loud as each other. */
export const weakContrast: Rule = {
  id: 'weak-contrast',
  area: 'arrangement',
  cannotJudge: reason,
  judge(subject) {
    const contrastDb = subject.audio.structure?.contrastDb ?? null
    if (contrastDb === null || contrastDb >= CONTRAST.value || reason(subject) !== null) return null
    return {
      severity: 'minor',
      title: 'Little contrast between sections',
      words: `Between the loudest and the quietest section (intro and outro left out) there are only ${say(contrastDb)} dB. Some genres want that; elsewhere the climax has nothing to rise from.`,
      evidence: [beyond('structure.contrastDb', 'Contrast', contrastDb, CONTRAST, 'at least')],
      remedy:
        'Take parts out of verses and breakdowns rather than adding to the climax: lows out for 4 to 8 bars, drums thinned, 2 to 3 dB less before the drop.',
      advice: advise('structure.contrastDb', 'Contrast', 'dB', 3 - contrastDb, null),
      check: 'Analyse the new export: a contrast of 3 dB or more, if that is what you want.',
    }
  },
}
