import type { RuleId, Verdict } from '../../src/findings/contract.ts'
import { useGiveVerdict } from '../report/analyses.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { TextButton } from '../ui/text-button.tsx'
import classes from './findings.module.css'

const SAID: Record<Verdict, string> = {
  agreed: 'You agree.',
  intended: 'Intended by you: it is no priority and lowers no score, here and in later versions.',
}

interface VerdictButtonsProps {
  analysisId: string
  rule: RuleId
  title: string
  verdict: Verdict | undefined
}

/** Agree with a finding, or say that it is meant to be so; either can be taken back. */
export function VerdictButtons({ analysisId, rule, title, verdict }: VerdictButtonsProps) {
  const giving = useGiveVerdict(analysisId)
  const say = (wanted: Verdict | null) => giving.mutate({ rule, verdict: wanted })
  return (
    <div className={classes.verdict}>
      <fieldset aria-label={`What you say: ${title}`} disabled={giving.isPending}>
        {verdict === undefined ? (
          <>
            <TextButton onClick={() => say('agreed')}>I agree</TextButton>
            <TextButton onClick={() => say('intended')}>This is intended</TextButton>
          </>
        ) : (
          <>
            <span>{SAID[verdict]}</span>
            <TextButton onClick={() => say(null)}>Take back</TextButton>
          </>
        )}
      </fieldset>
      {giving.isError && <ProblemNotice error={giving.error} />}
    </div>
  )
}
