import { Button } from '@mantine/core'
import { useState } from 'react'
import type { Report } from '../../src/report/contract.ts'
import { type BriefSubject, writeBrief } from './brief.ts'
import classes from './findings.module.css'

/** Puts the findings on the clipboard, to be pasted into a letter to whoever mixes. Nothing is sent anywhere. */
export function CopyBrief({ subject, report }: { subject: BriefSubject; report: Report }) {
  const [words, setWords] = useState('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(writeBrief(subject, report))
      setWords('Copied as Markdown.')
    } catch {
      setWords('This browser does not let the page copy. Allow it, and try again.')
    }
  }
  return (
    <p className={classes.brief}>
      <Button variant="default" size="xs" onClick={() => void copy()}>
        Copy as a brief for the mix engineer
      </Button>
      <span role="status" className="muted small">
        {words}
      </span>
    </p>
  )
}
