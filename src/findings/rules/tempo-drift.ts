import { say } from '../in-words.ts'
import { beyond, type Rule, type Threshold } from '../rule.ts'

const SPREAD: Threshold = {
  value: 1.5,
  unit: '%',
  provenance: 'opinion',
  source: 'the tempo curve is right within about 1 %; a player without a click strays by more',
}
/** More than this is a change that was meant. */
const CHANGE_PERCENT = 6
const SURE = 0.8
const SHORTEST_SECONDS = 45

/** A tempo that wanders. */
export const tempoDrift: Rule = {
  id: 'tempo-drift',
  area: 'arrangement',
  cannotJudge: ({ audio }) => (audio.rhythm ? null : 'There is no repeating beat.'),
  judge({ audio }) {
    const { rhythm, source } = audio
    if (!rhythm || rhythm.steady || rhythm.confidence < SURE || source.durationSeconds < SHORTEST_SECONDS)
      return null
    const tempi = rhythm.tempoCurve.tempoBpm.toSorted((a, b) => a - b)
    const low = tempi[Math.floor(tempi.length * 0.05)] ?? 0
    const high = tempi[Math.floor(tempi.length * 0.95)] ?? 0
    const spread = low > 0 ? 100 * (high / low - 1) : 0
    if (spread < SPREAD.value || spread > CHANGE_PERCENT) return null
    return {
      severity: 'minor',
      title: 'The tempo wanders',
      words: `It moves between ${say(low)} and ${say(high)} BPM. A band without a click does that; loops and DJs will not follow.`,
      evidence: [beyond('rhythm.tempoCurve', 'Spread of the tempo', spread, SPREAD, 'at most')],
      remedy:
        'If it is not meant: warp the recording to the grid at its downbeats, or lay a tempo map under it so that loops follow.',
      check: 'Analyse the new export: a steady tempo.',
    }
  },
}
