/** Every job: its name and what it carries. Ids only: the rows hold the rest. */
export interface Jobs {
  'analyze-track': { analysisId: string }
  'analyze-track-given-up': { analysisId: string }
  'send-letter': { letterId: string }
  'make-export': { exportId: string }
  'make-export-given-up': { exportId: string }
  'report-usage': Record<string, never>
  'reconcile-billing': Record<string, never>
  sweep: Record<string, never>
}

export type JobName = keyof Jobs

export interface JobRules {
  retryLimit: number
  retryDelaySeconds: number
  /** Longest a single attempt may take. */
  expireInSeconds: number
  /** A worker that stays silent for this long is taken for dead (10 is the least). */
  heartbeatSeconds?: number
  givenUpTo?: JobName
  /** Cron, UTC: enqueued by whichever process gets there first. */
  schedule?: string
}

export const jobRules: Record<JobName, JobRules> = {
  'analyze-track-given-up': { retryLimit: 20, retryDelaySeconds: 5, expireInSeconds: 60 },
  'analyze-track': {
    retryLimit: 2,
    retryDelaySeconds: 1,
    expireInSeconds: 900,
    heartbeatSeconds: 10,
    givenUpTo: 'analyze-track-given-up',
  },
  'send-letter': { retryLimit: 12, retryDelaySeconds: 5, expireInSeconds: 60 },
  'make-export-given-up': { retryLimit: 20, retryDelaySeconds: 5, expireInSeconds: 60 },
  'make-export': {
    retryLimit: 3,
    retryDelaySeconds: 1,
    expireInSeconds: 600,
    givenUpTo: 'make-export-given-up',
  },
  'report-usage': { retryLimit: 0, retryDelaySeconds: 1, expireInSeconds: 300, schedule: '* * * * *' },
  'reconcile-billing': {
    retryLimit: 5,
    retryDelaySeconds: 600,
    expireInSeconds: 3600,
    schedule: '17 3 * * *',
  },
  sweep: { retryLimit: 0, retryDelaySeconds: 1, expireInSeconds: 300, schedule: '* * * * *' },
}
