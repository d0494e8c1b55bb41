import type { Faults } from '../../audio/contract.ts'
import type { Severity } from '../contract.ts'
import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Threshold } from '../rule.ts'

type Hum = NonNullable<Faults['hum']>

const LEVEL: Threshold = {
  value: -75,
  unit: 'dBFS',
  provenance: 'opinion',
  source: 'quieter hum is not heard beside music',
}
const STEPS_DBFS = { moderate: -45, severe: -30 }
/** What notches should win at least. */
const LEAST_DB = 10
/** With this little evidence it is music that repeats more often than hum. dB, set on tuning tracks */
const LEAST_EVIDENCE_DB = 12
/** With less evidence it may be music that repeats exactly. dB, set on tuning tracks */
const SURE_EVIDENCE_DB = 22

function severityOfHum({ levelDbfs, evidenceDb = SURE_EVIDENCE_DB }: Hum): Severity {
  if (evidenceDb < SURE_EVIDENCE_DB || levelDbfs < STEPS_DBFS.moderate) return 'minor'
  return levelDbfs >= STEPS_DBFS.severe ? 'severe' : 'moderate'
}

function wordsOf({ frequencyHz, harmonics, levelDbfs, evidenceDb = SURE_EVIDENCE_DB }: Hum): string {
  const above = harmonics.filter((hz) => hz !== frequencyHz).length
  const tone = `A tone of ${frequencyHz} Hz with ${above} harmonics stands at ${say(levelDbfs, 0)} dBFS`
  return evidenceDb < SURE_EVIDENCE_DB
    ? `${tone} and hardly changes. It may be music: a kick or bass that repeats on this note all the time looks the same.`
    : `${tone} and never changes, whatever the music does.`
}

/** Mains hum: a tone of 50 or 60 Hz and harmonics that never stop. */
export const hum: Rule = {
  id: 'hum',
  area: 'technical',
  cannotJudge: ({ audio }) => (audio.faults ? null : 'Hum was not measured.'),
  judge({ audio }) {
    const found = audio.faults?.hum
    if (!found || (found.evidenceDb ?? SURE_EVIDENCE_DB) < LEAST_EVIDENCE_DB) return null
    const { levelDbfs, frequencyHz, harmonics } = found
    return {
      severity: severityOfHum(found),
      title: `Mains hum at ${frequencyHz} Hz`,
      words: wordsOf(found),
      evidence: [beyond('faults.hum', 'Hum', levelDbfs, LEVEL, 'at most')],
      band: { fromHz: frequencyHz, toHz: Math.max(frequencyHz, ...harmonics) },
      remedy: `Find the recording that carries it (guitar, bass, turntable, microphone chain) and notch ${harmonics.join(', ')} Hz there (narrow, Q 20 or more), or gate it between phrases. Re-record with a ground lift or balanced lines if you can.`,
      advice: advise('faults.hum', 'Hum', 'dB', null, Math.min(-LEAST_DB, LEVEL.value - levelDbfs)),
      check: 'Analyse the new export: no hum.',
    }
  },
}
