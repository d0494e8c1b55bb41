import { Checkbox } from '@mantine/core'
import { useInfo } from '../api/info.ts'
import { formatDateTime } from '../ui/format.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import classes from './account.module.css'
import { Part } from './part.tsx'
import { useChangeChoices, useChoices } from './privacy.ts'

const SUBJECTS = {
  'privacy-policy': 'Privacy policy',
  'age-16': 'I am 16 or older',
  'language-model': 'Answers of a language model',
} as const

/** Whether a language model may answer, and the list of what was agreed to and withdrawn. */
export function LanguageModelChoice() {
  const choices = useChoices()
  const change = useChangeChoices()
  const info = useInfo()
  if (choices.isError) return <ProblemNotice error={choices.error} />
  if (choices.data === undefined) return null
  return (
    <Part
      title="Language model"
      lead="Claude gets measured numbers and your messages, never audio and never who you are. Without it a coach answers from the numbers alone; everything else stays the same."
    >
      <div className={classes.form}>
        {change.isError && <ProblemNotice error={change.error} />}
        {info.data?.coach === 'offline-coach' && (
          <p>No language model is set up here: the offline coach answers.</p>
        )}
        <Checkbox
          label="Claude may answer my questions"
          size="md"
          name="language-model"
          checked={choices.data.languageModel}
          onChange={(event) => change.mutate(event.currentTarget.checked)}
        />
        {choices.data.ledger.length > 0 && (
          <details>
            <summary>What you agreed to, and when</summary>
            <ul className={classes.sessions}>
              {choices.data.ledger.map((row) => (
                <li key={`${row.subject} ${row.happenedAt}`} className={classes.session}>
                  <span>
                    {SUBJECTS[row.subject]}: {row.isGiven ? 'agreed' : 'objected'}
                  </span>
                  <span className="muted small tabular">
                    {formatDateTime(row.happenedAt)} · policy of {row.policyVersion}
                  </span>
                </li>
              ))}
            </ul>
          </details>
        )}
      </div>
    </Part>
  )
}
