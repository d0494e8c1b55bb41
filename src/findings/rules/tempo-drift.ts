import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Threshold } from '../rule.ts'
import { tempoSpread } from '../tempo-spread.ts'

const SPREAD: Threshold = {
  value: 1.5,
  unit: '%',
  provenance: 'opinion',
  source: 'the tempo curve is right within about 1 %; a player without a click strays by more',
}
/** What a track on a grid may still show. */
const MEANT_PERCENT = 1
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
    const found = tempoSpread(audio)
    if (!found || found.percent < SPREAD.value || found.percent > CHANGE_PERCENT) return null
    const { lowBpm, highBpm, percent } = found
    return {
      severity: 'minor',
      title: 'The tempo wanders',
      words: `It moves between ${say(lowBpm)} and ${say(highBpm)} BPM. A band without a click does that; loops and DJs will not follow.`,
      evidence: [beyond('rhythm.tempoCurve', 'Spread of the tempo', percent, SPREAD, 'at most')],
      remedy:
        'If it is not meant: warp the recording to the grid at its downbeats, or lay a tempo map under it so that loops follow.',
      advice: advise('rhythm.tempoCurve', 'Spread of the tempo', '%', null, MEANT_PERCENT - percent),
      check: 'Analyse the new export: a steady tempo.',
    }
  },
}
