import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import type { Analysis } from '../../src/analyses/contract.ts'
import { formatDateTime, formatDay } from '../ui/format.ts'
import { TrashIcon } from '../ui/icons.tsx'
import { intentWords, sourceWords } from './analysis-words.ts'
import { DeleteAnalysis } from './delete-analysis.tsx'
import { Receipt } from './receipt.tsx'
import classes from './report.module.css'

function SentFiles({ analysis }: { analysis: Analysis }) {
  const source = analysis.report?.source ?? null
  return (
    <p className={classes.sent}>
      {analysis.isDemo && <span>Demo track and set</span>}
      {analysis.audioName !== null && analysis.audioName !== analysis.title && (
        <span>{analysis.audioName}</span>
      )}
      {source !== null && <span className="tabular">{sourceWords(source)}</span>}
      {analysis.setName !== null && analysis.setName !== analysis.title && <span>{analysis.setName}</span>}
      <span>{intentWords(analysis)}</span>
      <span className="tabular">{formatDateTime(analysis.createdAt)}</span>
      <span>kept until {formatDay(analysis.expiresAt)}</span>
    </p>
  )
}

/** Title, what was sent, what became of it, and the way to delete it all. */
export function AnalysisHead({ analysis }: { analysis: Analysis }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const [asking, setAsking] = useState(false)
  const navigate = useNavigate()
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  useEffect(() => {
    document.title = `${analysis.title} · TrackSensei`
  }, [analysis.title])
  return (
    <header className={classes.head}>
      <p className="small">
        <Link to="/tracks">Tracks</Link>
      </p>
      <div className={classes.headLine}>
        <h1 ref={heading} tabIndex={-1}>
          {analysis.title}
        </h1>
        {analysis.state === 'done' && analysis.hasAudio && (
          <Button
            component={Link}
            to={`/upload?newVersionOf=${analysis.id}`}
            className={classes.delete ?? ''}
            variant="default"
            size="xs"
          >
            New version
          </Button>
        )}
        <Button
          className={classes.delete ?? ''}
          variant="subtle"
          color="gray"
          size="xs"
          leftSection={<TrashIcon size={14} />}
          onClick={() => setAsking(true)}
        >
          Delete
        </Button>
      </div>
      <SentFiles analysis={analysis} />
      {analysis.intent.notes !== undefined && <p className={classes.notes}>“{analysis.intent.notes}”</p>}
      {analysis.state === 'done' && <Receipt analysis={analysis} />}
      <DeleteAnalysis
        id={analysis.id}
        title={analysis.title}
        opened={asking}
        onClose={() => setAsking(false)}
        onDeleted={() => void navigate('/tracks', { replace: true })}
      />
    </header>
  )
}
