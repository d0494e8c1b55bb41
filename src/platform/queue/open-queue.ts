import { fromKysely, fromPglite, PgBoss } from 'pg-boss'
import type { Log } from '../../core/log.ts'
import type { Database } from '../db/database.ts'
import { type JobName, type JobRules, jobRules } from './jobs.ts'
import type { Queue } from './queue.ts'

const QUEUE_SCHEMA = 'pgboss'
const NO_JOB = '00000000-0000-0000-0000-000000000000'
const COMPLETED_JOBS_KEPT_SECONDS = 3600

const jobNames = Object.keys(jobRules).filter((name): name is JobName => name in jobRules)

function createBoss(database: Database): PgBoss {
  const common = {
    schema: QUEUE_SCHEMA,
    useListenNotify: true,
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    cronMonitorIntervalSeconds: 10,
    cronWorkerIntervalSeconds: 5,
  }
  const { queueBackend } = database
  return queueBackend.kind === 'pglite'
    ? new PgBoss({ ...common, backend: 'pglite', db: fromPglite(queueBackend.pglite) })
    : new PgBoss({ ...common, connectionString: queueBackend.connectionString, max: 6 })
}

async function createQueue(boss: PgBoss, name: JobName, rules: JobRules): Promise<void> {
  const options = {
    retryLimit: rules.retryLimit,
    retryDelay: rules.retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: rules.expireInSeconds,
    deleteAfterSeconds: COMPLETED_JOBS_KEPT_SECONDS,
    notify: true,
    ...(rules.heartbeatSeconds === undefined ? {} : { heartbeatSeconds: rules.heartbeatSeconds }),
    ...(rules.givenUpTo === undefined ? {} : { deadLetter: rules.givenUpTo }),
  }
  await boss.createQueue(name, options)
  await boss.updateQueue(name, options)
  // Warms the library's cache: on the embedded database a first look-up inside a transaction would wait for itself.
  await boss.findJobs(name, { id: NO_JOB })
}

/** Opens the queue on the same database. Schedules run only where `runsWorkers`. */
export async function openQueue(database: Database, runsWorkers: boolean, log: Log): Promise<Queue> {
  const boss = createBoss(database)
  boss.on('error', (error) => log.warn('queue-error', { error }))
  await boss.start()
  for (const name of jobNames) await createQueue(boss, name, jobRules[name])
  if (runsWorkers)
    for (const name of jobNames) {
      const { schedule } = jobRules[name]
      if (schedule) await boss.schedule(name, schedule, {}, { singletonKey: name })
    }

  return {
    async enqueue(name, payload, { tx } = {}) {
      await boss.send(name, payload, tx ? { db: fromKysely(tx) } : {})
    },
    async work(name, concurrency, handle) {
      const options = {
        localConcurrency: concurrency,
        batchSize: 1,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: 1,
        includeMetadata: true,
      } as const
      await boss.work<Parameters<typeof handle>[0]['payload'], void, typeof options>(
        name,
        options,
        async ([job]) => {
          if (!job) return
          const isLast = job.retryCount >= job.retryLimit
          await handle({ jobId: job.id, payload: job.data, signal: job.signal, isLast })
        },
      )
    },
    async stop(timeoutMs) {
      await boss.stop({ graceful: true, timeout: timeoutMs })
    },
  }
}
