import { isMix, say } from '../in-words.ts'
import { advise, type Judgement, type Rule, type Subject } from '../rule.ts'
import { FAULT_SHAPES } from './fault-shapes.ts'
import { fullSections } from './full-sections.ts'
import { TONE_MODEL, type ToneFaultId } from './tone-weights.ts'

/** What a rule of tone says when its fault explains the spectrum. */
export interface ToneWords {
  id: ToneFaultId
  area: Rule['area']
  title: string
  band: { fromHz: number; toHz: number }
  /** Completes "Between … and … Hz the spectrum holds about … dB". */
  amount: 'more' | 'less'
  heard: string
  /** Where to look in the mix, before an equaliser on everything. */
  inTheMix: string
  equaliser: string
}

/** On a master, an equaliser moves this much at most; beyond that the mix is at fault. */
const MASTERING_MOVE_DB = 1.5
/** What one revision of a mix should move at most and at least; the estimate of the size is in doubt. */
const MOST_AIM_DB = 4
const LEAST_AIM_DB = 2

/** A lossy coder that ends below this has changed the highs itself. */
const LOSSY_BELOW_HZ = 16_000
const HIGHS_HZ = 6000

/** Builds the rule of one fault of tone. */
export function toneRule(words: ToneWords): Rule {
  return {
    id: words.id,
    area: words.area,
    cannotJudge: ({ toneFaults }) =>
      toneFaults === null
        ? 'Tone needs sound between 31 Hz and 12.5 kHz: a sample rate of 28 kHz or more.'
        : null,
    judge: (subject) => judgeTone(words, subject),
  }
}

function judgeTone(words: ToneWords, { audio, purpose, toneFaults }: Subject): Judgement | null {
  const fault = toneFaults?.find(({ id }) => id === words.id)
  if (!fault) return null
  const edgeHz = audio.spectrum.lossySource?.edgeHz ?? null
  if (edgeHz !== null && edgeHz < LOSSY_BELOW_HZ && words.band.fromHz >= HIGHS_HZ) return null
  const sizeDb = Math.min(12, Math.max(1, fault.gainDb))
  const moveDb = Math.max(0.5, Math.min(MASTERING_MOVE_DB, sizeDb / 2))
  const mostDb = Math.max(LEAST_AIM_DB, Math.min(MOST_AIM_DB, sizeDb))
  const aim = ` Over the whole, aim for ${say(mostDb / 2)} to ${say(mostDb)} dB ${words.amount === 'more' ? 'less' : 'more'} between ${words.band.fromHz} and ${words.band.toHz} Hz.`
  const [from, to] = words.amount === 'more' ? [-mostDb, -mostDb / 2] : [mostDb / 2, mostDb]
  const master = isMix(purpose)
    ? ''
    : ` On the master itself ${words.equaliser.replace('{dB}', say(moveDb))} is as much as it bears; the rest belongs in the mix.`
  const times = fullSections(audio)
  return {
    severity: fault.severity,
    // Boxiness is never planted: what the model says of it is not counted.
    ...(words.id === 'boxy' ? {} : { confidence: fault.confidence }),
    title: words.title,
    words: `${times.length === 0 ? 'Between' : 'Where everything plays, between'} ${words.band.fromHz} and ${words.band.toHz} Hz the spectrum holds about ${say(sizeDb, 0)} dB ${words.amount} than music of this overall shape usually does (give or take ${say(fault.doubtDb, 0)} dB): ${words.heard}`,
    evidence: [
      {
        path: 'spectrum.thirdOctaves',
        what: `Estimated ${FAULT_SHAPES[words.id].kind} at ${FAULT_SHAPES[words.id].centreHz} Hz`,
        value: Math.round(10 * FAULT_SHAPES[words.id].sign * fault.gainDb) / 10,
        unit: 'dB',
        target: { from: -Math.round(fault.doubtDb), to: Math.round(fault.doubtDb) },
        provenance: 'measured population',
        source: `${TONE_MODEL.tracks} freely licensed and generated tracks; a bump against the track’s own spectrum, not a level`,
      },
    ],
    ...(times.length === 0 ? {} : { times }),
    band: words.band,
    remedy: `${words.inTheMix}${aim}${master}`,
    advice: advise(
      'spectrum.thirdOctaves',
      `Level of ${words.band.fromHz} to ${words.band.toHz} Hz`,
      'dB',
      from,
      to,
      words.band,
    ),
    check: `Compare with a reference track at equal loudness, soloing ${words.band.fromHz} to ${words.band.toHz} Hz; then analyse the new export: this finding is gone or smaller.`,
  }
}
