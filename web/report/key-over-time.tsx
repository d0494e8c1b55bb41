import type { Tonality } from '../../src/audio/contract.ts'
import { formatTime } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import { percent } from './measure-words.ts'
import { sureWords } from './section-words.ts'
import classes from './tables.module.css'
import type { Timeline } from './timeline.ts'

/** Which key holds when; one sentence for a track that stays in its key. */
export function KeyOverTime({ tonality, timeline }: { tonality: Tonality; timeline: Timeline }) {
  const segments = tonality.segments ?? []
  if (segments.length === 0) return null
  if (segments.length === 1) return <p className={classes.notes}>It stays in this key throughout.</p>
  const shares = (tonality.shares ?? []).map(({ key, share }) => `${key} ${percent(share)}`).join(', ')
  return (
    <div id="tonality.segments" tabIndex={-1}>
      <p className={classes.notes}>The key changes on the way, give or take 8 s: {shares} of the time.</p>
      <ol className={classes.peaks}>
        {segments.map(({ startSeconds, endSeconds, key, camelot, confidence }) => (
          <li key={startSeconds}>
            {key} ({camelot}), <span className="muted">{sureWords(confidence)}</span>
            <TextButton onClick={() => timeline.seek(startSeconds)}>
              {formatTime(startSeconds)}–{formatTime(endSeconds)}
            </TextButton>
          </li>
        ))}
      </ol>
    </div>
  )
}
