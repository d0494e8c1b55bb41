import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Threshold } from '../rule.ts'

const OVER: Threshold = {
  value: 24,
  unit: 'dB',
  provenance: 'measured population',
  source: '98 of 100 of 197 freely licensed tracks stay below; held notes reach it too',
}

/** A semitone to either side is still this tone. */
const NEAR = 1.06
const CUT_DB = { least: 3, most: 6 }

/** One narrow tone far above its surroundings over the whole track. */
export const resonance: Rule = {
  id: 'resonance',
  area: 'tone',
  cannotJudge: ({ audio }) => (audio.spectrum.resonances ? null : 'Resonances were not measured.'),
  judge({ audio }) {
    const [loudest] = (audio.spectrum.resonances ?? []).toSorted((a, b) => b.overDb - a.overDb)
    if (!loudest || loudest.overDb < OVER.value) return null
    const { frequencyHz, overDb } = loudest
    const band = { fromHz: frequencyHz / NEAR, toHz: frequencyHz * NEAR }
    return {
      severity: 'minor',
      title: `A tone at ${say(frequencyHz, 0)} Hz sticks out`,
      words: `Averaged over the track, ${say(frequencyHz, 0)} Hz stands ${say(overDb, 0)} dB above its neighbourhood. A note that is held for long does the same: listen before you cut.`,
      evidence: [beyond('spectrum.resonances', 'Above its neighbourhood', overDb, OVER, 'at most')],
      band,
      remedy: `If it rings whatever note is played: cut ${say(frequencyHz, 0)} Hz by ${CUT_DB.least} to ${CUT_DB.most} dB with a narrow bell (Q 8 or more) on the part it comes from.`,
      advice: advise(
        'spectrum.resonances',
        `Tone at ${say(frequencyHz, 0)} Hz`,
        'dB',
        -CUT_DB.most,
        -CUT_DB.least,
        band,
      ),
      check: 'Sweep a narrow band there; analyse the new export.',
    }
  },
}
