import { advise, beyond, type Rule, type Threshold } from '../rule.ts'

const WIDTH: Threshold = {
  value: -70,
  unit: 'dB',
  provenance: 'standard',
  source: 'side 70 dB below mid is below the noise of 12 bits: nothing of it is heard',
}

/** A stereo file whose channels are the same. */
export const mono: Rule = {
  id: 'mono',
  area: 'stereo',
  cannotJudge: ({ audio }) =>
    audio.source.channels === 1 ? 'The file has one channel: there is no stereo image to judge.' : null,
  judge({ audio }) {
    const widthDb = audio.stereo.widthDb ?? null
    if (audio.stereo.dualMono !== true || widthDb === null) return null
    return {
      severity: 'moderate',
      title: 'Both channels are the same',
      words: 'The file is stereo, its content is mono: everything sits in the middle.',
      evidence: [beyond('stereo.widthDb', 'Width', widthDb, WIDTH, 'at least')],
      remedy:
        'If stereo was meant: look for a mono switch on the master (Utility width 0 %), a mono export setting, or a mono plug-in at the end of the chain. If mono was meant, all is well.',
      advice: advise('stereo.widthDb', 'Width', 'dB', -20 - widthDb, null),
      check: 'Analyse the new export: a width above −20 dB.',
    }
  },
}
