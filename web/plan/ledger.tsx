import { Button } from '@mantine/core'
import { Link } from 'react-router'
import type { LedgerEntry } from '../../src/billing/contract.ts'
import { formatDateTime } from '../ui/format.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import classes from './ledger.module.css'
import { useLedger } from './plan.ts'

const unitWords = { analysis: 'Analysis', message: 'Chat message' } as const
const changeWords = {
  held: 'held while it runs',
  begun: 'held when it began',
  counted: 'counted',
  'given-back': 'given back',
} as const
const reasonWords: Record<string, string> = {
  failed: 'it failed',
  deleted: 'it was deleted before it was done',
  stopped: 'it was stopped before the first word',
  refused: 'the coach declined to answer',
  interrupted: 'it was interrupted on our side',
}

/** The end of a unit is newer than its beginning, and so stands before it; a unit that is tried again begins again. */
function hasEnded(entry: LedgerEntry, newer: LedgerEntry[]): boolean {
  return newer.some(({ unitId, change }) => unitId === entry.unitId && change !== 'held')
}

function wordsOf(entry: LedgerEntry, newer: LedgerEntry[]): string {
  const { change, reason } = entry
  const words = changeWords[change === 'held' && hasEnded(entry, newer) ? 'begun' : change]
  const why = reason === null ? undefined : reasonWords[reason]
  return why === undefined ? words : `${words}: ${why}`
}

/** Why each unit was counted or given back. */
export function Ledger() {
  const ledger = useLedger()
  const entries = ledger.data?.pages.flatMap((page) => page.entries) ?? []
  return (
    <section className={classes.ledger} aria-labelledby="ledger-title">
      <h2 id="ledger-title">What was counted, and why</h2>
      <p className="muted">
        An analysis and a message are held while they run. They count when they succeed; otherwise they are
        given back. The demo track is free.
      </p>
      {ledger.isPending && <Waiting />}
      {ledger.isError && <ProblemNotice error={ledger.error} onRetry={() => void ledger.refetch()} />}
      {ledger.isSuccess && entries.length === 0 && <p>Nothing has been counted yet.</p>}
      {entries.length > 0 && (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">What</th>
              <th scope="col">Became</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry, index) => (
              <tr key={entry.id}>
                <td className="tabular">{formatDateTime(entry.happenedAt)}</td>
                <td>
                  {entry.unit === 'analysis' && entry.change === 'counted' ? (
                    <Link to={`/tracks/${entry.unitId}`}>{unitWords.analysis}</Link>
                  ) : (
                    unitWords[entry.unit]
                  )}
                </td>
                <td>{wordsOf(entry, entries.slice(0, index))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {ledger.hasNextPage && (
        <Button
          variant="default"
          size="xs"
          loading={ledger.isFetchingNextPage}
          onClick={() => void ledger.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
    </section>
  )
}
