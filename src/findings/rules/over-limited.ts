import { isMix, say } from '../in-words.ts'
import { advise, beyond, type Rule, type Subject, type Threshold } from '../rule.ts'

const PLR: Threshold = {
  value: 9,
  unit: 'dB',
  provenance: 'measured population',
  source:
    'nineteen of twenty tuning tracks have more, or a higher PSR; set on planted limiting to −7 and −5 LUFS',
}
const PSR: Threshold = {
  value: 8,
  unit: 'dB',
  provenance: 'opinion',
  source: 'Shepherd: a PSR of 8 is the floor in any genre',
}
const MODERATE = { plrDb: 6.8, psrDb: 5.5 }
const SEVERE_PLR_DB = 5.2

function severity(plrDb: number, psrDb: number) {
  if (plrDb <= SEVERE_PLR_DB) return 'severe'
  return plrDb <= MODERATE.plrDb && psrDb <= MODERATE.psrDb ? 'moderate' : 'minor'
}

/** Where short-term peaks stand least above loudness: the places that were limited hardest. */
function hardest({ audio }: Subject) {
  const curve = audio.dynamics.psrCurve
  const lowest = audio.dynamics.psrMinDb ?? null
  if (!curve || lowest === null) return []
  const at = curve.psrDb.findIndex((value) => value !== null && value <= lowest + 0.05)
  return at < 0
    ? []
    : [{ startSeconds: Math.max(0, at * curve.stepSeconds - 3), endSeconds: at * curve.stepSeconds }]
}

/** Loudness that was paid for with peaks. Loud alone is no fault. */
export const overLimited: Rule = {
  id: 'over-limited',
  area: 'dynamics',
  judge(subject) {
    const { dynamics, loudness } = subject.audio
    const psrDb = dynamics.psrMinDb ?? null
    const { plrDb } = dynamics
    if (plrDb === null || psrDb === null || loudness.integratedLufs === null) return null
    if (plrDb >= PLR.value || psrDb >= PSR.value) return null
    return {
      severity: severity(plrDb, psrDb),
      title: 'Limited harder than the music bears',
      words: `At ${say(loudness.integratedLufs)} LUFS, peaks stand only ${say(plrDb)} dB above the loudness of the whole, and ${say(psrDb)} dB in the densest 3 s. That is the price of the level: drums lose their attack, and most platforms turn the track down again.`,
      evidence: [
        beyond('dynamics.plrDb', 'PLR', plrDb, PLR, 'at least'),
        beyond('dynamics.psrMinDb', 'Lowest PSR', psrDb, PSR, 'at least'),
      ],
      times: hardest(subject),
      remedy: isMix(subject.purpose)
        ? 'Take the limiter and clipper off the master before you send the mix on; if the sound depends on them, send both versions.'
        : `Give back ${say(Math.min(4, Math.max(1, PLR.value - plrDb)))} dB: lower the gain into the limiter by that much, or share the work between a clipper on the drums (1 to 2 dB) and the limiter (2 to 3 dB at most).`,
      advice: advise('dynamics.plrDb', 'PLR', 'dB', Math.min(4, Math.max(1, PLR.value - plrDb)), null),
      check: `Analyse the new export: PLR of ${say(PLR.value)} dB or more; compare both at equal loudness.`,
    }
  },
}
