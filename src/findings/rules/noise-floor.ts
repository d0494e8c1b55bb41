import { say } from '../in-words.ts'
import { noiseFloorDbfs, noiseFloors } from '../noise-floors.ts'
import { advise, beyond, type Rule, severityOf, type Threshold } from '../rule.ts'

const FLOOR: Threshold = {
  value: -85,
  unit: 'dBFS',
  provenance: 'measured population',
  source: 'no tuning track has a floor in the highest bands that is both this loud and as even as noise',
}
/** RMS of the whole noise. */
const STEPS_DBFS = { minor: -85, moderate: -62, severe: -42 }
/** White noise rises by 1 dB per third octave; hiss falls a little. */
const EVEN_DB = { from: -3.5, to: 4 }
/** What a gate or a cleaner part should win at least. */
const LEAST_DB = 12
/** A noise does not move: its level in the highest band is the same in the quietest hundredth and the quietest tenth. */
const STEADY_DB = 1
/** A noise that never stops: in the highest bands the quietest moments are as even as noise is. */
export const noiseFloor: Rule = {
  id: 'noise-floor',
  area: 'technical',
  cannotJudge: ({ audio }) =>
    noiseFloors(audio) === null || audio.source.sampleRateHz < 40_000 || audio.source.bitDepth === null
      ? 'Noise is looked for between 10 and 20 kHz, which lossy files and low sample rates do not keep.'
      : null,
  judge({ audio }) {
    const [at10k, at12k, at16k, at20k] = noiseFloors(audio) ?? []
    const levelDbfs = noiseFloorDbfs(audio)
    if (!at10k || !at12k || !at16k || !at20k || levelDbfs === null) return null
    const slopes = [at20k.quietestDb - at12k.quietestDb, at16k.quietestDb - at10k.quietestDb]
    const even = slopes.every((slope) => slope >= EVEN_DB.from && slope <= EVEN_DB.to)
    const steady = at20k.quietDb - at20k.quietestDb <= STEADY_DB
    const severity = severityOf(levelDbfs, STEPS_DBFS)
    if (!even || !steady || severity === null) return null
    return {
      severity,
      title: 'A noise that never stops',
      words: `Above 10 kHz even the quietest moments keep a level as even as noise, about ${say(levelDbfs, 0)} dBFS over all frequencies.`,
      evidence: [beyond('spectrum.spectrogram', 'Noise floor', levelDbfs, FLOOR, 'at most')],
      band: { fromHz: 10_000, toHz: 20_000 },
      remedy:
        'Mute parts one by one while the music pauses: the noise comes from one of them (amp, microphone chain, vinyl or tape effect, a bit crusher). Gate or expand that part by 12 dB or more, or take the effect off.',
      advice: advise('spectrum.spectrogram', 'Noise floor', 'dB', null, -LEAST_DB),
      check: 'Analyse the new export: this finding is gone; listen to the quietest place 20 dB louder.',
    }
  },
}
