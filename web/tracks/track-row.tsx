import { ActionIcon, Progress } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'react-router'
import type { AnalysisSummary } from '../../src/analyses/contract.ts'
import { DeleteAnalysis } from '../report/delete-analysis.tsx'
import { capitalised, formatDateTime, formatDay } from '../ui/format.ts'
import { SetIcon, TrashIcon, WarnIcon, WaveIcon } from '../ui/icons.tsx'
import classes from './tracks.module.css'

function contents(analysis: AnalysisSummary): string {
  if (analysis.isDemo) return 'Demo track and set'
  if (analysis.hasAudio && analysis.hasSet) return 'Audio and Live set'
  return analysis.hasSet ? 'Live set' : 'Audio'
}

function Standing({ analysis }: { analysis: AnalysisSummary }) {
  if (analysis.state === 'done') {
    return <span className="muted">kept until {formatDay(analysis.expiresAt)}</span>
  }
  if (analysis.state === 'failed') {
    return (
      <span className={classes.failed}>
        <WarnIcon size={14} /> {analysis.failure?.canRetry === true ? 'Failed, can be tried again' : 'Failed'}
      </span>
    )
  }
  return (
    <span className={classes.running}>
      <span>
        {capitalised(analysis.progress.stage)} <span className="tabular">{analysis.progress.percent} %</span>
      </span>
      <Progress size="xs" value={analysis.progress.percent} aria-label={`Progress of ${analysis.title}`} />
    </span>
  )
}

export function TrackRow({ analysis }: { analysis: AnalysisSummary }) {
  const [asking, setAsking] = useState(false)
  return (
    <li className={classes.row}>
      <span className={classes.kind}>
        {analysis.hasAudio && <WaveIcon size={18} />}
        {analysis.hasSet && <SetIcon size={18} />}
      </span>
      <div className={classes.what}>
        <Link className={classes.title} to={`/tracks/${analysis.id}`}>
          {analysis.title}
        </Link>
        <span className="muted small tabular">
          {analysis.versionNumber > 1 && `Version ${analysis.versionNumber} · `}
          {contents(analysis)} · {formatDateTime(analysis.createdAt)}
        </span>
      </div>
      <div className={classes.standing}>
        <Standing analysis={analysis} />
      </div>
      <ActionIcon
        className={classes.delete ?? ''}
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={`Delete ${analysis.title}`}
        onClick={() => setAsking(true)}
      >
        <TrashIcon />
      </ActionIcon>
      <DeleteAnalysis
        id={analysis.id}
        title={analysis.title}
        opened={asking}
        onClose={() => setAsking(false)}
      />
    </li>
  )
}
