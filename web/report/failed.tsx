import { Button } from '@mantine/core'
import { Link } from 'react-router'
import type { Analysis } from '../../src/analyses/contract.ts'
import { formatDateTime } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useRetryAnalysis } from './analyses.ts'
import classes from './report.module.css'

/** An analysis that did not work out: why, what it cost (nothing), and whether it can be tried again as it is. */
export function Failed({ analysis }: { analysis: Analysis }) {
  const retry = useRetryAnalysis(analysis.id)
  const failure = analysis.failure
  const hasReference = analysis.rawFiles.some((file) => file.role === 'reference' && file.deletedAt === null)
  const canRetry = failure?.canRetry === true
  return (
    <div className={classes.failure}>
      {retry.isError && <ProblemNotice error={retry.error} />}
      <Notice
        kind="bad"
        title="This analysis did not work out"
        action={
          canRetry ? (
            <div className={classes.retries}>
              <Button size="xs" loading={retry.isPending} onClick={() => retry.mutate({})}>
                Try again without uploading
              </Button>
              {hasReference && (
                <Button
                  size="xs"
                  variant="default"
                  loading={retry.isPending}
                  onClick={() => retry.mutate({ withoutReference: true })}
                >
                  Try again without the reference
                </Button>
              )}
            </div>
          ) : (
            <Link to="/upload">Upload it again</Link>
          )
        }
      >
        <p>{failure?.detail ?? 'The reason is not known.'}</p>
        <p>
          {failure?.detail.includes('cost') !== true && 'It cost you nothing. '}
          {canRetry &&
            failure.retryUntil !== null &&
            `The files are held for another try until ${formatDateTime(failure.retryUntil)}, then deleted.`}
        </p>
      </Notice>
    </div>
  )
}
