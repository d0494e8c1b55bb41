import type { Tx } from '../db/database.ts'
import type { JobName, Jobs } from './jobs.ts'

export interface Attempt<Name extends JobName> {
  jobId: string
  payload: Jobs[Name]
  /** Aborts when this process drains or the job is taken away. */
  signal: AbortSignal
  isLast: boolean
}

export interface Queue {
  /** With `tx`, the job exists if and only if the transaction commits. */
  enqueue<Name extends JobName>(name: Name, payload: Jobs[Name], options?: { tx?: Tx }): Promise<void>
  /** Runs `handle` for each job, at least once; throwing makes it tried again. */
  work<Name extends JobName>(
    name: Name,
    concurrency: number,
    handle: (attempt: Attempt<Name>) => Promise<void>,
  ): Promise<void>
  /** Lets running jobs finish for up to `timeoutMs`, then hands them back. */
  stop(timeoutMs: number): Promise<void>
}
