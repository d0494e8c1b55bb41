import type { Finding, Findings } from '../../src/findings/contract.ts'
import { lightUp } from '../report/light-up.ts'
import { type Timeline, useTimeline } from '../report/timeline.ts'
import { severityWords, stretchWords } from './finding-words.ts'
import classes from './findings.module.css'
import { sortFindings } from './sort-findings.ts'

interface Mark {
  finding: Finding
  index: number
  sign: string
  startSeconds: number
  endSeconds: number
}

/** Marks lie side by side: of findings with hundreds of places the first are enough to find them. */
const MOST_PLACES = 40

/** Every place of every finding that is not intended; the longest first, so that short ones lie on top. */
function marksOf(findings: Findings): Mark[] {
  const { first, more } = sortFindings(findings)
  const marks = [...first, ...more].flatMap((finding, at) =>
    finding.place.times.slice(0, MOST_PLACES).map((time, index) => ({
      finding,
      index,
      sign: at < first.length ? String(at + 1) : '·',
      ...time,
    })),
  )
  const length = ({ startSeconds, endSeconds }: Mark) => endSeconds - startSeconds
  return marks.sort((a, b) => length(b) - length(a))
}

/** The findings on the time axis: priorities by their number, the rest by a dot; each leads to its card. */
export function FindingMarks({ findings, timeline }: { findings: Findings; timeline: Timeline }) {
  const { fromSeconds, toSeconds } = useTimeline(timeline)
  const marks = marksOf(findings)
  if (marks.length === 0) return null
  const percent = (seconds: number) =>
    Math.min(Math.max((seconds - fromSeconds) / (toSeconds - fromSeconds), 0), 1) * 100
  const open = ({ finding, startSeconds }: Mark) => {
    timeline.light(finding.place.times)
    timeline.seek(startSeconds)
    lightUp(`findings.${finding.rule}`)
  }
  return (
    <ul className={classes.lane} aria-label="Findings on the time axis">
      {marks.map((mark) => {
        const { finding, index, sign, startSeconds, endSeconds } = mark
        if (endSeconds < fromSeconds || startSeconds > toSeconds) return null
        const words = `${finding.title}, ${severityWords(finding.severity).toLowerCase()}, ${stretchWords(finding.place, index)}`
        return (
          <li
            key={`${finding.rule} ${index}`}
            className={classes.mark}
            data-severity={finding.severity}
            style={{
              left: `min(${percent(startSeconds)}%, 100% - 0.875rem)`,
              width: `${percent(endSeconds) - percent(startSeconds)}%`,
            }}
          >
            <button type="button" title={words} aria-label={words} onClick={() => open(mark)}>
              {sign}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
