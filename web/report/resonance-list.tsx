import type { Resonance } from '../../src/audio/contract.ts'
import { countOf, formatHz, formatNumber, formatTime } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import { percent } from './measure-words.ts'
import classes from './tables.module.css'
import type { Timeline } from './timeline.ts'

/** What is there for nearly the whole track need not be told with times. */
const ALWAYS_SHARE = 0.95
const SHOWN_RANGES = 3

function whenWords({ presentShare, steady, ranges }: Resonance): string {
  if (presentShare === undefined || presentShare === null) return ''
  if (presentShare >= ALWAYS_SHARE) return 'all the time'
  const kind = steady === true ? 'nearly always there' : 'comes and goes'
  const count =
    ranges === undefined || ranges.length === 0 ? '' : `, ${countOf(ranges.length, 'place', 'places')}`
  return `${kind}: ${percent(presentShare)} of the time${count}`
}

function Places({ resonance, timeline }: { resonance: Resonance; timeline: Timeline }) {
  const ranges = resonance.ranges ?? []
  if ((resonance.presentShare ?? 1) >= ALWAYS_SHARE || ranges.length === 0) return null
  const longest = ranges
    .toSorted((a, b) => b.endSeconds - b.startSeconds - (a.endSeconds - a.startSeconds))
    .slice(0, SHOWN_RANGES)
    .sort((a, b) => a.startSeconds - b.startSeconds)
  return (
    <span>
      {longest.map(({ startSeconds, endSeconds }) => (
        <TextButton key={startSeconds} onClick={() => timeline.seek(startSeconds)}>
          {formatTime(startSeconds)}–{formatTime(endSeconds)}
        </TextButton>
      ))}
    </span>
  )
}

/** Narrow peaks of the spectrum: how high, when, and the way there. */
export function ResonanceList({
  resonances,
  timeline,
}: {
  resonances: readonly Resonance[]
  timeline: Timeline
}) {
  if (resonances.length === 0) return null
  return (
    <div id="spectrum.resonances" tabIndex={-1}>
      <p className="small">
        ▼ Narrow peaks.{' '}
        <span className="muted">Held notes make them as well; one that is steady is more suspect.</span>
      </p>
      <ul className={classes.peaks}>
        {resonances.map((resonance, index) => (
          <li key={resonance.frequencyHz} id={`spectrum.resonances[${index}]`} tabIndex={-1}>
            <strong>{formatHz(resonance.frequencyHz)}</strong> +{formatNumber(resonance.overDb, 0)} dB{' '}
            <span className="muted">{whenWords(resonance)}</span>{' '}
            <Places resonance={resonance} timeline={timeline} />
          </li>
        ))}
      </ul>
    </div>
  )
}
