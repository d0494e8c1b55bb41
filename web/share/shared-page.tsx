import { useEffect, useMemo, useState } from 'react'
import type { SharedReport } from '../../src/shares/contract.ts'
import { createArrangementView } from '../arrangement/view-state.ts'
import { FindingsPanel } from '../findings/findings-panel.tsx'
import plots from '../report/plots.module.css'
import classes from '../report/report.module.css'
import { ReportNumbers } from '../report/report-numbers.tsx'
import { ReportPlayer } from '../report/report-player.tsx'
import { axisSeconds, hasArrangement, showTrackAt } from '../report/set-place.ts'
import { createTimeline } from '../report/timeline.ts'
import { usePlayer } from '../report/use-player.ts'
import { capitalised, formatDateTime, formatDay } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { useSharedReport } from './links.ts'

const tokenInAddress = () => new URLSearchParams(window.location.hash.slice(1)).get('token') ?? ''

/** The token of the link, which stays in the address bar so that the page can be opened again. */
function useToken(): string {
  const [token, setToken] = useState(tokenInAddress)
  useEffect(() => {
    const read = () => setToken(tokenInAddress())
    window.addEventListener('hashchange', read)
    return () => window.removeEventListener('hashchange', read)
  }, [])
  return token
}

function titleOf({ title, kind }: SharedReport): string {
  return title ?? `A ${kind ?? 'track'}`
}

function Head({ shared }: { shared: SharedReport }) {
  const { kind, genre, destination, versionNumber, createdAt, expiresAt, showsNames } = shared
  const title = titleOf(shared)
  useEffect(() => {
    document.title = `${title} · TrackSensei`
  }, [title])
  const intent = [kind, genre, destination && `for ${destination}`].filter(Boolean).join(', ')
  return (
    <header className={classes.head}>
      <h1>{title}</h1>
      <p className={classes.sent}>
        {intent !== '' && <span>{capitalised(intent)}</span>}
        {versionNumber > 1 && <span>Version {versionNumber}</span>}
        <span className="tabular">{formatDateTime(createdAt)}</span>
        <span>shared until {formatDay(expiresAt)}</span>
        {!showsNames && <span>without names</span>}
      </p>
    </header>
  )
}

/** A report as its reader sees it: all of it, and nothing to press that would change it. */
function SharedView({ shared }: { shared: SharedReport }) {
  const { report, kind } = shared
  const durationSeconds = axisSeconds(report)
  const timeline = useMemo(() => createTimeline(durationSeconds), [durationSeconds])
  const player = usePlayer(undefined, timeline)
  const view = useMemo(() => createArrangementView(), [])
  const parts = { report, timeline, player }
  return (
    <div className={classes.page} data-state="done" data-reader="other">
      <Head shared={shared} />
      <div className={classes.findings}>
        <FindingsPanel
          {...parts}
          subject={{ ...shared, title: titleOf(shared) }}
          analysisId={undefined}
          onShowTrack={
            hasArrangement(report)
              ? (track, bar) => showTrackAt(report, timeline, view, track, bar)
              : undefined
          }
        />
      </div>
      <ReportPlayer
        {...parts}
        view={view}
        hasFile={false}
        chooser={<p className={plots.hint}>A report holds no sound; there is nothing to play here.</p>}
      />
      <ReportNumbers
        {...parts}
        intent={{ kind: kind ?? 'mix' }}
        analysis={null}
        referenceName={shared.referenceName ?? 'a reference track'}
        arrangementView={view}
      >
        {null}
      </ReportNumbers>
    </div>
  )
}

/** The page behind a link that somebody shared. */
export function SharedPage() {
  const token = useToken()
  const shared = useSharedReport(token)
  if (shared.data !== undefined) return <SharedView shared={shared.data} />
  if (token !== '' && shared.isPending) return <Waiting />
  return (
    <Page title="A shared report" width="narrow">
      {token === '' ? (
        <Notice kind="warn">The link is incomplete. Open it again, or copy all of it.</Notice>
      ) : (
        <ProblemNotice error={shared.error} onRetry={() => void shared.refetch()} />
      )}
    </Page>
  )
}
