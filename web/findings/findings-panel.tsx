import { useState } from 'react'
import type { Area, Finding, Findings } from '../../src/findings/contract.ts'
import { lightUp } from '../report/light-up.ts'
import { countOf, formatNumber } from '../ui/format.ts'
import { TextButton } from '../ui/text-button.tsx'
import { AreaFilter } from './area-filter.tsx'
import type { BriefSubject } from './brief.ts'
import { CopyBrief } from './copy-brief.tsx'
import { type CardSurroundings, FindingCard } from './finding-card.tsx'
import classes from './findings.module.css'
import { sortFindings } from './sort-findings.ts'

function Strengths({ findings }: { findings: Findings }) {
  if (findings.strengths.length === 0) return null
  return (
    <>
      <h2>What is good</h2>
      <ul className={classes.strengths}>
        {findings.strengths.map(({ id, words }) => (
          <li key={id}>{words}</li>
        ))}
      </ul>
    </>
  )
}

function NotJudged({ findings }: { findings: Findings }) {
  if (findings.notJudged.length === 0) return null
  return (
    <details className={classes.fold}>
      <summary>Cannot be judged from this file</summary>
      <ul className={classes.notJudged}>
        {findings.notJudged.map(({ rules, reason }) => (
          <li key={reason}>
            {reason}{' '}
            <span className="muted">({rules.map((rule) => rule.replaceAll('-', ' ')).join(', ')})</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** The one number that people look for, never without its reasons. */
function Overall({ overall }: { overall: number | null }) {
  return (
    <p className="muted small">
      {overall === null
        ? 'There is no score: nothing here can be judged.'
        : `Score ${formatNumber(overall, 0)} of 100.`}{' '}
      <TextButton onClick={() => lightUp('findings.scores')}>What it is made of</TextButton>
    </p>
  )
}

interface CardsProps extends CardSurroundings {
  findings: readonly Finding[]
  isNumbered?: boolean
}

function Cards({ findings, isNumbered = false, ...around }: CardsProps) {
  return (
    <ol className={classes.cards}>
      {findings.map((finding, index) => (
        <FindingCard
          key={finding.rule}
          finding={finding}
          {...around}
          {...(isNumbered ? { number: index + 1 } : {})}
        />
      ))}
    </ol>
  )
}

interface FindingsPanelProps extends CardSurroundings {
  subject: BriefSubject
}

/** First what is good, then at most three things to do, each with its place; the rest one click deep. */
export function FindingsPanel({ subject, ...around }: FindingsPanelProps) {
  const [area, setArea] = useState<Area | null>(null)
  const { findings } = around.report
  if (findings === undefined || findings === null)
    return <NoFindings hasAudio={around.report.source !== null} />
  const { first, more, intended } = sortFindings(findings)
  const open = [...first, ...more]
  const isShown = (finding: Finding) => area === null || finding.area === area
  const [shownFirst, shownMore, shownIntended] = [first, more, intended].map((each) => each.filter(isShown))
  return (
    <section className={classes.panel} aria-label="Findings">
      <Strengths findings={findings} />
      <h2>{first.length === 0 ? 'Nothing that must be done' : 'To do first'}</h2>
      {open.length === 0 && intended.length === 0 && (
        <p className="muted">No rule that could look at this track found anything to object to.</p>
      )}
      <AreaFilter findings={[...open, ...intended]} chosen={area} onChoose={setArea} />
      <Cards findings={shownFirst ?? []} isNumbered={area === null} {...around} />
      {shownMore !== undefined && shownMore.length > 0 && (
        <details
          className={classes.fold}
          key={`more ${area}`}
          open={area !== null && shownFirst?.length === 0}
        >
          <summary>{countOf(shownMore.length, 'more finding', 'more findings')}</summary>
          <Cards findings={shownMore} {...around} />
        </details>
      )}
      {shownIntended !== undefined && shownIntended.length > 0 && (
        <details className={classes.fold} key={`intended ${area}`}>
          <summary>
            {shownIntended.length} intended{around.analysisId === undefined ? ' by the producer' : ' by you'}
          </summary>
          <Cards findings={shownIntended} {...around} />
        </details>
      )}
      <NotJudged findings={findings} />
      <Overall overall={findings.scores.overall} />
      <CopyBrief subject={subject} report={around.report} />
    </section>
  )
}

/** A report from before findings, or of a Live set alone. */
function NoFindings({ hasAudio }: { hasAudio: boolean }) {
  if (!hasAudio) return null
  return (
    <section className={classes.panel} aria-label="Findings">
      <p className="muted">
        This report was made before findings were part of it. Analyse the track again to have it judged.
      </p>
    </section>
  )
}
