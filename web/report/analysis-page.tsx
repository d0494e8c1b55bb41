import { useParams } from 'react-router'
import { ApiProblem } from '../api/problem.ts'
import { NotFoundPage } from '../ui/not-found-page.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { isAnalysisId, useAnalysis } from './analyses.ts'
import { AnalysisHead } from './analysis-head.tsx'
import { Failed } from './failed.tsx'
import classes from './report.module.css'
import { ReportView } from './report-view.tsx'
import { UnderWay } from './under-way.tsx'

function AnalysisById({ id }: { id: string }) {
  const analysis = useAnalysis(id)
  if (analysis.isPending) return <Waiting />
  if (analysis.isError && analysis.data === undefined) {
    if (analysis.error instanceof ApiProblem && analysis.error.status === 404) return <NotFoundPage />
    return (
      <Page title="Analysis">
        <ProblemNotice error={analysis.error} onRetry={() => void analysis.refetch()} />
      </Page>
    )
  }
  const { state, report } = analysis.data
  return (
    <div className={classes.page} data-state={state}>
      <AnalysisHead analysis={analysis.data} />
      {state === 'failed' && <Failed analysis={analysis.data} />}
      {(state === 'queued' || state === 'running') && <UnderWay analysis={analysis.data} />}
      {state === 'done' &&
        (report === null ? <Waiting /> : <ReportView analysis={analysis.data} report={report} />)}
    </div>
  )
}

export function AnalysisPage() {
  const { id } = useParams()
  return id !== undefined && isAnalysisId(id) ? <AnalysisById key={id} id={id} /> : <NotFoundPage />
}
