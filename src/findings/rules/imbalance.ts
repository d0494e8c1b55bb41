import { say } from '../in-words.ts'
import { advise, beyond, type Rule, severityOf, type Threshold } from '../rule.ts'

const BALANCE: Threshold = {
  value: 1.8,
  unit: 'dB',
  provenance: 'measured population',
  source:
    'nineteen of twenty of 197 freely licensed tracks stay within 1.6 dB; set on planted imbalance of 3 and 6 dB',
}
const STEPS_DB = { minor: BALANCE.value, moderate: 4, severe: 8 }

/** One side louder than the other over the whole track. */
export const imbalance: Rule = {
  id: 'imbalance',
  area: 'stereo',
  judge({ audio }) {
    const balanceDb = audio.stereo.balanceDb ?? null
    if (balanceDb === null || (audio.faults?.silentChannels.length ?? 0) > 0) return null
    const severity = severityOf(Math.abs(balanceDb), STEPS_DB)
    if (severity === null) return null
    const louder = balanceDb > 0 ? 'left' : 'right'
    return {
      severity,
      title: `The ${louder} side is louder`,
      words: `Over the whole track the ${louder} channel is ${say(Math.abs(balanceDb))} dB louder than the other; the centre of the image leans to that side.`,
      evidence: [beyond('stereo.balanceDb', 'Balance', Math.abs(balanceDb), BALANCE, 'at most')],
      remedy: `If nothing is panned there on purpose: lower the ${louder} side by ${say(Math.abs(balanceDb))} dB (Utility or balance on the master), or re-pan the part that leans.`,
      advice: advise('stereo.balanceDb', 'Balance', 'dB', -balanceDb - 1, -balanceDb + 1),
      check: 'Analyse the new export: balance within 1 dB; kick, bass and voice sit in the middle.',
    }
  },
}
