import { Progress } from '@mantine/core'
import type { Analysis } from '../../src/analyses/contract.ts'
import { capitalised } from '../ui/format.ts'
import { useProgressEvents } from './progress-events.ts'
import classes from './report.module.css'
import { SoFar } from './so-far.tsx'

/** An analysis that waits or runs: its stage, how far it is, that the page may be left, and what is known so far. */
export function UnderWay({ analysis }: { analysis: Analysis }) {
  const isCut = useProgressEvents(analysis.id, true)
  const { stage, percent } = analysis.progress
  return (
    <>
      <section className={classes.waiting} aria-label="Progress">
        <p className={classes.stage}>
          <strong aria-live="polite">{capitalised(stage)}</strong>
          <span className="tabular">{percent} %</span>
        </p>
        <Progress value={percent} size="md" radius="xs" aria-label="Analysis" />
        <p className="muted" aria-live="polite">
          {isCut
            ? 'The connection is down. The analysis goes on; this page catches up by itself.'
            : 'You can leave this page: the analysis goes on without it.'}
        </p>
      </section>
      {analysis.partial !== null && <SoFar partial={analysis.partial} />}
    </>
  )
}
