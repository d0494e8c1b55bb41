import type { Analysis } from '../../src/analyses/contract.ts'
import type { Rhythm, Tonality } from '../../src/audio/contract.ts'
import type { Report } from '../../src/report/contract.ts'
import { formatNumber, formatSigned } from '../ui/format.ts'
import { CorrectForm } from './correct-form.tsx'
import { KeyOverTime } from './key-over-time.tsx'
import { keySourceWords, tempoSourceWords } from './provenance-words.ts'
import { sureWords } from './section-words.ts'
import classes from './tables.module.css'
import type { Timeline } from './timeline.ts'

interface Guess {
  name: string
  confidence: number
}

/** A closed list of what it could be, likeliest first, each with its probability as bar and figure. */
function Guesses({ guesses }: { guesses: readonly Guess[] }) {
  return (
    <ol>
      {guesses.map(({ name, confidence }) => (
        <li key={name} className={classes.guess}>
          <span>{name}</span>
          <span className={classes.bar} aria-hidden="true">
            <span style={{ width: `${confidence * 100}%` }} />
          </span>
          <span className={classes.percent}>{formatNumber(confidence * 100, 0)} %</span>
        </li>
      ))}
    </ol>
  )
}

const bpm = (tempoBpm: number) => `${formatNumber(tempoBpm, 1)} BPM`

/** Reports made before the meter had a name tell the beats alone. */
function meterWords({ meter, beatsPerBar }: Rhythm): string {
  if (meter === undefined) return `Probably ${beatsPerBar} beats to a bar.`
  return `In ${meter.name}, ${sureWords(meter.confidence)}.`
}

function Tempo({ rhythm, source }: { rhythm: Rhythm | null; source: string }) {
  if (rhythm === null) return <p>No tempo: nothing repeats clearly enough.</p>
  const guesses = [rhythm, ...rhythm.alternatives].map(({ tempoBpm, confidence }) => ({
    name: bpm(tempoBpm),
    confidence,
  }))
  return (
    <>
      <Guesses guesses={guesses} />
      <p className={classes.notes}>
        {source === '' ? `Heard from the audio, ${sureWords(rhythm.confidence)}.` : source}{' '}
        {rhythm.steady ? 'Steady throughout.' : 'It changes on the way.'} {meterWords(rhythm)}
      </p>
    </>
  )
}

function Key({ tonality, source }: { tonality: Tonality | null; source: string }) {
  if (tonality === null || tonality.key === null) {
    return <p>No clear key. Drums alone and noise have none.</p>
  }
  const { key, camelot, confidence, alternatives, tuningCents } = tonality
  const guesses = [{ key, camelot, confidence }, ...alternatives].map((guess) => ({
    name: guess.camelot === null ? guess.key : `${guess.key} (${guess.camelot})`,
    confidence: guess.confidence,
  }))
  return (
    <>
      <Guesses guesses={guesses} />
      <p className={classes.notes}>
        In brackets the place on the Camelot wheel; {source === '' ? `${sureWords(confidence)}.` : source}
        {tuningCents !== null && ` Tuned ${formatSigned(tuningCents, 0)} cents against A = 440 Hz.`}
      </p>
    </>
  )
}

interface TempoAndKeyProps {
  /** Null where the report is read by somebody else: then nothing can be corrected. */
  analysis: Analysis | null
  report: Report
  timeline: Timeline
}

/** Tempo and key with everything else they could be, and how likely each is. */
export function TempoAndKey({ analysis, report, timeline }: TempoAndKeyProps) {
  const { rhythm, tonality, provenance } = report
  if (rhythm === undefined && tonality === undefined) return null
  return (
    <section aria-labelledby="tempo-and-key-title">
      <h2 id="tempo-and-key-title" className={classes.heading}>
        Tempo and key
      </h2>
      <div className={classes.guesses}>
        {rhythm !== undefined && (
          <div id="rhythm" tabIndex={-1}>
            <Tempo rhythm={rhythm} source={provenance ? tempoSourceWords(provenance.tempo) : ''} />
          </div>
        )}
        {tonality !== undefined && (
          <div id="tonality" tabIndex={-1}>
            <Key tonality={tonality} source={provenance ? keySourceWords(provenance.key) : ''} />
            {tonality !== null && <KeyOverTime tonality={tonality} timeline={timeline} />}
          </div>
        )}
      </div>
      {analysis?.state === 'done' && <CorrectForm analysis={analysis} />}
    </section>
  )
}
