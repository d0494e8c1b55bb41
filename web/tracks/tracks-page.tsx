import { Button } from '@mantine/core'
import { Link } from 'react-router'
import { UnverifiedNotice } from '../account/unverified-notice.tsx'
import { useUsage } from '../plan/usage.ts'
import { ReferenceList } from '../references/reference-list.tsx'
import { useAnalyses } from '../report/analyses.ts'
import { formatDay } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { EmptyTracks } from './empty-tracks.tsx'
import { TrackRow } from './track-row.tsx'
import classes from './tracks.module.css'

function UsageLine() {
  const usage = useUsage()
  if (usage.data === undefined) return null
  const { analyses, resetsAt } = usage.data
  return (
    <Link className={classes.usage} to="/plan">
      {analyses.remaining} of {analyses.limit} analyses left until {formatDay(resetsAt)}
    </Link>
  )
}

function TrackList() {
  const list = useAnalyses()
  if (list.isPending) return <Waiting label="Fetching your tracks" />
  if (list.isError) return <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />
  const analyses = list.data.pages.flatMap((page) => page.analyses)
  if (analyses.length === 0) return <EmptyTracks />
  return (
    <>
      <ul className={classes.list}>
        {analyses.map((analysis) => (
          <TrackRow key={analysis.id} analysis={analysis} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button
          variant="default"
          className={classes.more ?? ''}
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          Show older
        </Button>
      )}
    </>
  )
}

export function TracksPage() {
  return (
    <Page title="Tracks" lead={<UsageLine />}>
      <div className={classes.body}>
        <UnverifiedNotice />
        <TrackList />
        <ReferenceList />
      </div>
    </Page>
  )
}
