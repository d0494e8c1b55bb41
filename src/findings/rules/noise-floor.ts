import { say } from '../in-words.ts'
import { beyond, type Judged, type Rule, severityOf, type Threshold } from '../rule.ts'

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
/** A noise does not move: its level in the highest band is the same in the quietest hundredth and the quietest tenth. */
const STEADY_DB = 1
const QUIETEST = 0.01
const QUIET = 0.1
/** From the power of the highest third octave to that of all frequencies, RMS instead of a sine's peak. */
const WHOLE_NOISE_DB = 4
const BANDS_HZ = [10_000, 12_500, 16_000, 20_000]
/** Exact silence before and after the music is no noise. */
const SILENT_DB = -119

interface Floor {
  quietestDb: number
  quietDb: number
}

/** What each of the highest bands hardly ever falls below, dB of full scale; null when there is no such band. */
function floors({ spectrum }: Judged): Floor[] | null {
  const { spectrogram } = spectrum
  if (!spectrogram) return null
  const found = BANDS_HZ.flatMap((hz) => {
    const band = spectrogram.bandsHz.findIndex((centre) => Math.abs(centre / hz - 1) < 0.06)
    const levels = spectrogram.levelsDb
      .flatMap((column) => column[band] ?? [])
      .filter((level) => level > SILENT_DB)
      .sort((a, b) => a - b)
    const quietestDb = levels[Math.floor(levels.length * QUIETEST)]
    const quietDb = levels[Math.floor(levels.length * QUIET)]
    return quietestDb === undefined || quietDb === undefined ? [] : [{ quietestDb, quietDb }]
  })
  return found.length === BANDS_HZ.length ? found : null
}

/** A noise that never stops: in the highest bands the quietest moments are as even as noise is. */
export const noiseFloor: Rule = {
  id: 'noise-floor',
  area: 'technical',
  cannotJudge: ({ audio }) =>
    floors(audio) === null || audio.source.sampleRateHz < 40_000 || audio.source.bitDepth === null
      ? 'Noise is looked for between 10 and 20 kHz, which lossy files and low sample rates do not keep.'
      : null,
  judge({ audio }) {
    const [at10k, at12k, at16k, at20k] = floors(audio) ?? []
    if (at10k === undefined || at12k === undefined || at16k === undefined || at20k === undefined) return null
    const slopes = [at20k.quietestDb - at12k.quietestDb, at16k.quietestDb - at10k.quietestDb]
    const even = slopes.every((slope) => slope >= EVEN_DB.from && slope <= EVEN_DB.to)
    const steady = at20k.quietDb - at20k.quietestDb <= STEADY_DB
    const levelDbfs = at20k.quietestDb + WHOLE_NOISE_DB
    const severity = severityOf(levelDbfs, STEPS_DBFS)
    if (!even || !steady || severity === null) return null
    return {
      severity,
      title: 'A noise that never stops',
      words: `Above 10 kHz even the quietest moments keep a level as even as noise, about ${say(levelDbfs, 0)} dBFS over all frequencies.`,
      evidence: [beyond('spectrum.spectrogram', 'Noise floor', levelDbfs, FLOOR, 'at most')],
      band: { fromHz: 10_000, toHz: 20_000 },
      remedy:
        'Mute parts one by one while the music pauses: the noise comes from one of them (amp, microphone chain, vinyl or tape effect, a bit crusher). Gate or expand that part, or take the effect off.',
      check: 'Analyse the new export: this finding is gone; listen to the quietest place 20 dB louder.',
    }
  },
}
