import { dropRises } from '../drop-rises.ts'
import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Threshold } from '../rule.ts'

const RISE: Threshold = {
  value: 0,
  unit: 'dB',
  provenance: 'opinion',
  source:
    'a drop louder than its build is the custom; 41 of 44 builds of freely licensed and generated tracks keep it',
}

/** What the drop should stand above its build by. dB */
const AIM_DB = { least: 1, most: 4 }

/** A drop that is no louder than what led to it. */
export const buildOverDrop: Rule = {
  id: 'build-over-drop',
  area: 'arrangement',
  cannotJudge: ({ audio }) =>
    dropRises(audio).length === 0 ? 'No build that leads into a drop was recognised.' : null,
  judge({ audio }) {
    const [worst] = dropRises(audio)
    if (!worst || worst.riseDb > RISE.value) return null
    return {
      severity: 'minor',
      title: 'The build is as loud as its drop',
      words: `The drop is ${say(Math.abs(worst.riseDb))} dB quieter than the build before it: the moment it should hit it steps back. The labels of sections are guesses.`,
      evidence: [beyond('structure.sections', 'Drop over build', worst.riseDb, RISE, 'at least')],
      times: [{ startSeconds: worst.build.startSeconds, endSeconds: worst.drop.endSeconds }],
      remedy:
        'Automate the build down by 1.5 to 3 dB towards its end, take its lows out below 150 Hz, and leave half a beat of silence before the drop.',
      advice: advise(
        'structure.sections',
        'Drop over build',
        'dB',
        AIM_DB.least - worst.riseDb,
        AIM_DB.most - worst.riseDb,
      ),
      check: 'Analyse the new export: the drop is at least 1 dB louder than the build.',
    }
  },
}
