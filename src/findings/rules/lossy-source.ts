import { say } from '../in-words.ts'
import { advise, beyond, type Rule, type Threshold } from '../rule.ts'

const DROP: Threshold = {
  value: 24,
  unit: 'dB',
  provenance: 'standard',
  source: 'brick walls of MP3 coders: 128 kbit/s about 16 kHz, 192 about 18, 320 about 20 kHz',
}
/** A wall that is lower by less is still there. */
const LEAST_DB = 6
/** At 128 kbit/s and below the loss is heard. */
const HEARD_BELOW_HZ = 17_500
const SEVERE_BELOW_HZ = 13_000

/** A lossless file that was an MP3 (or the like) before. */
export const lossySource: Rule = {
  id: 'lossy-source',
  area: 'technical',
  cannotJudge: ({ audio }) =>
    audio.source.bitDepth === null
      ? 'The file itself is lossy: what it was made from cannot be told. Upload the WAV, AIFF or FLAC if there is one.'
      : null,
  judge({ audio }) {
    const found = audio.spectrum.lossySource
    if (!found?.suspected || found.edgeHz === null || found.dropDb === null) return null
    return {
      severity:
        found.edgeHz < SEVERE_BELOW_HZ ? 'severe' : found.edgeHz < HEARD_BELOW_HZ ? 'moderate' : 'minor',
      title: 'Made from a lossy file',
      words: `The spectrum ends like a wall at ${say(found.edgeHz / 1000)} kHz (${say(found.dropDb, 0)} dB within 2 kHz). That is what MP3, AAC and Vorbis leave behind; a second lossy coding adds to it.`,
      evidence: [beyond('spectrum.lossySource.dropDb', 'Drop at the edge', found.dropDb, DROP, 'at most')],
      band: { fromHz: found.edgeHz, toHz: audio.source.sampleRateHz / 2 },
      remedy:
        'Export from the project again as WAV, and replace samples or loops that came as MP3 by their originals.',
      advice: advise(
        'spectrum.lossySource.dropDb',
        'Drop at the edge',
        'dB',
        null,
        Math.min(-LEAST_DB, DROP.value - found.dropDb),
      ),
      check: 'Analyse the new export: no wall in the highs.',
    }
  },
}
