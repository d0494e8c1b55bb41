import { Button } from '@mantine/core'
import { type FormEvent, useEffect, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { Usage } from '../../src/billing/contract.ts'
import { useMe } from '../account/session.ts'
import { UnverifiedNotice } from '../account/unverified-notice.tsx'
import { UpgradeOffer } from '../plan/upgrade-offer.tsx'
import { useUsage } from '../plan/usage.ts'
import { formatBytes, formatDay, formatMinutes } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { limitProblem, readDurationSeconds } from './check-limits.ts'
import { CompareForm, noComparison } from './compare-form.tsx'
import { DemoButton } from './demo-button.tsx'
import { FileDrop } from './file-drop.tsx'
import { FileRow } from './file-row.tsx'
import { emptyIntent, IntentForm, toIntent } from './intent-form.tsx'
import { Sending } from './sending.tsx'
import { sortFiles } from './sort-files.ts'
import { resetTransfer, startTransfer, type UploadFiles, useTransfer } from './transfer.ts'
import classes from './upload.module.css'

const noFiles: UploadFiles = { audio: null, set: null }

function UploadForm({ usage, canSend }: { usage: Usage; canSend: boolean }) {
  const [files, setFiles] = useState(noFiles)
  const [leftOut, setLeftOut] = useState<string[]>([])
  const [durationSeconds, setDurationSeconds] = useState<number>()
  const [draft, setDraft] = useState(emptyIntent)
  const [query] = useSearchParams()
  const [compared, setCompared] = useState({
    ...noComparison,
    newVersionOf: query.get('newVersionOf') ?? '',
  })
  const [reference, setReference] = useState<File | null>(null)

  const add = (added: readonly File[]) => {
    const sorted = sortFiles(files, added)
    setFiles({ audio: sorted.audio, set: sorted.set })
    setLeftOut(sorted.leftOut)
    if (sorted.audio === null || sorted.audio === files.audio) return
    setDurationSeconds(undefined)
    void readDurationSeconds(sorted.audio).then(setDurationSeconds)
  }
  const audioProblem = files.audio === null ? undefined : limitProblem(files.audio, durationSeconds, usage)
  const setProblem = files.set === null ? undefined : limitProblem(files.set, undefined, usage)
  const referenceProblem = reference === null ? undefined : limitProblem(reference, undefined, usage)
  const isEmpty = files.audio === null && files.set === null
  const problems = [audioProblem, setProblem, referenceProblem]
  const isSpent = usage.analyses.remaining <= 0

  const submit = (event: FormEvent) => {
    event.preventDefault()
    // Only a track can be compared: a set alone goes without.
    const sentCompared =
      files.audio === null ? { ...noComparison, reference: null } : { ...compared, reference }
    startTransfer(files, { intent: toIntent(draft), ...sentCompared })
  }

  return (
    <form className={classes.form} onSubmit={submit}>
      <FileDrop usage={usage} onFiles={add} isCompact={!isEmpty} />
      {!isEmpty && (
        <ul className={classes.files} aria-label="Chosen files">
          {files.audio !== null && (
            <FileRow
              file={files.audio}
              part="audio"
              problem={audioProblem}
              onRemove={() => setFiles({ ...files, audio: null })}
            />
          )}
          {files.set !== null && (
            <FileRow
              file={files.set}
              part="set"
              problem={setProblem}
              onRemove={() => setFiles({ ...files, set: null })}
            />
          )}
        </ul>
      )}
      {problems.some((problem) => problem !== undefined) && !isEmpty && (
        <UpgradeOffer
          kept="Your files stay here"
          isEnough={(offer) =>
            [files.audio, files.set, reference].every(
              (file) => file === null || (file.size > 0 && file.size <= offer.maxFileBytes),
            ) && (durationSeconds ?? 0) <= offer.maxTrackSeconds
          }
        />
      )}
      {leftOut.map((words) => (
        <p key={words} className="muted small" role="status">
          {words}
        </p>
      ))}
      <IntentForm draft={draft} durationSeconds={durationSeconds} onChange={setDraft} />
      {files.audio !== null && (
        <CompareForm
          draft={compared}
          onChange={setCompared}
          file={reference}
          problem={referenceProblem}
          onFile={setReference}
          usage={usage}
        />
      )}
      <div className={classes.submit}>
        <Button
          type="submit"
          size="md"
          disabled={!canSend || isEmpty || isSpent || problems.some((problem) => problem !== undefined)}
        >
          Upload and analyse
        </Button>
        <Link to="/plan" className={classes.usage}>
          {usage.analyses.remaining} of {usage.analyses.limit} analyses left until {formatDay(usage.resetsAt)}
        </Link>
      </div>
    </form>
  )
}

function Spent({ usage }: { usage: Usage }) {
  if (usage.analyses.remaining > 0) return null
  return (
    <Notice kind="warn" title="No analyses left in this period">
      All {usage.analyses.limit} of your {usage.tierTitle} plan are used or in progress. The count starts
      again on {formatDay(usage.resetsAt)}.
      <UpgradeOffer
        kept="Your files stay here"
        otherwise={
          <p>
            <Link to="/plan">Plan and usage</Link>
          </p>
        }
      />
    </Notice>
  )
}

export function UploadPage() {
  const me = useMe()
  const usage = useUsage()
  const transfer = useTransfer()
  const navigate = useNavigate()

  useEffect(() => {
    if (transfer.state !== 'accepted') return
    resetTransfer()
    void navigate(`/tracks/${transfer.analysisId}`)
  }, [transfer, navigate])
  useEffect(() => resetTransfer, [])

  if (usage.isPending) return <Waiting />
  if (usage.isError) {
    return (
      <Page title="New analysis">
        <ProblemNotice error={usage.error} onRetry={() => void usage.refetch()} />
      </Page>
    )
  }
  const { maxFileBytes, maxTrackSeconds } = usage.data
  return (
    <Page
      title="New analysis"
      lead={`A mix or master, its Live set, or both. Up to ${formatBytes(maxFileBytes)} a file and ${formatMinutes(maxTrackSeconds)} of music; deleted as soon as it is measured.`}
    >
      <div className={classes.body}>
        <UnverifiedNotice />
        <Spent usage={usage.data} />
        {transfer.state === 'refused' && <ProblemNotice error={transfer.problem} />}
        {transfer.state === 'sending' && <Sending transfer={transfer} />}
        <div hidden={transfer.state === 'sending'}>
          <UploadForm usage={usage.data} canSend={me.data?.isVerified === true} />
          <section className={classes.demo} aria-label="Demo">
            <p className="muted">
              Nothing at hand? A track and set of our own show what a report holds, free of charge.
            </p>
            <DemoButton />
          </section>
        </div>
      </div>
    </Page>
  )
}
