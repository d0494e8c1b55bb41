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

/** Places of one finding that are closer than this share of what is shown are one mark. */
const JOINED_SHARE = 0.03

/** The places of a finding as they can be told apart on the axis. */
function joined(finding: Finding, sign: string, shownSeconds: number): Mark[] {
  const marks: Mark[] = []
  for (const [index, { startSeconds, endSeconds }] of finding.place.times.entries()) {
    const last = marks.at(-1)
    if (last !== undefined && startSeconds - last.endSeconds < JOINED_SHARE * shownSeconds)
      last.endSeconds = Math.max(last.endSeconds, endSeconds)
    else marks.push({ finding, index, sign, startSeconds, endSeconds })
  }
  return marks
}

/** Every place of every finding that is not intended; the longest first, so that short ones lie on top. */
function marksOf(findings: Findings, shownSeconds: number): Mark[] {
  const { first, more } = sortFindings(findings)
  const marks = [...first, ...more].flatMap((finding, at) =>
    joined(finding, at < first.length ? String(at + 1) : '·', shownSeconds),
  )
  const length = ({ startSeconds, endSeconds }: Mark) => endSeconds - startSeconds
  return marks.sort((a, b) => length(b) - length(a))
}

/** The findings on the time axis: priorities by their number, the rest by a dot; each leads to its card. */
export function FindingMarks({ findings, timeline }: { findings: Findings; timeline: Timeline }) {
  const { fromSeconds, toSeconds } = useTimeline(timeline)
  const marks = marksOf(findings, toSeconds - fromSeconds)
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
        const words = `${sign} ${finding.title}, ${severityWords(finding.severity).toLowerCase()}, ${stretchWords(finding.place, index)}`
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
