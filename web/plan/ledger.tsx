import { Button } from '@mantine/core'
import { Link } from 'react-router'
import type { LedgerEntry } from '../../src/billing/contract.ts'
import { formatDateTime } from '../ui/format.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import classes from './ledger.module.css'
import { useLedger } from './plan.ts'

const unitWords = { analysis: 'Analysis', message: 'Chat message' } as const
const changeWords = { held: 'held while it runs', counted: 'counted', 'given-back': 'given back' } as const
const reasonWords: Record<string, string> = {
  failed: 'it failed',
  deleted: 'it was deleted before it was done',
  stopped: 'it was stopped before the first word',
  refused: 'the coach declined to answer',
  interrupted: 'it was interrupted on our side',
}

function wordsOf({ change, reason }: LedgerEntry): string {
  const why = reason === null ? undefined : reasonWords[reason]
  return why === undefined ? changeWords[change] : `${changeWords[change]}: ${why}`
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
            {entries.map((entry) => (
              <tr key={entry.id}>
                <td className="tabular">{formatDateTime(entry.happenedAt)}</td>
                <td>
                  {entry.unit === 'analysis' && entry.change === 'counted' ? (
                    <Link to={`/tracks/${entry.unitId}`}>{unitWords.analysis}</Link>
                  ) : (
                    unitWords[entry.unit]
                  )}
                </td>
                <td>{wordsOf(entry)}</td>
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
