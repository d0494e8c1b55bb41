import type { LiveSet } from '../als/contract.ts'
import type { AudioMeasures } from '../audio/contract.ts'
import { runInThread } from '../audio/run-in-thread.ts'
import type { Purpose } from '../findings/rule.ts'
import { buildReport } from './build-report.ts'
import type { TrackProfile } from './comparison-contract.ts'
import type { Report } from './contract.ts'
import type { EarlierSet } from './foresee-change.ts'
import type { Comparable } from './track-profile.ts'

export interface ReportJob {
  audio: AudioMeasures | null
  set: LiveSet | null
  reference: TrackProfile | null
  earlier: Comparable | null
  earlierSet: EarlierSet | null
  /** What the track is meant to be. */
  purpose: Purpose
}

/**
 * The report, laid out in a thread of its own where it takes time: a set over its mix, or a
 * version over an earlier one, costs some tenths of a second, a large one seconds.
 * @throws AudioError audio/aborted when the signal fires
 */
export async function buildReportInThread(job: ReportJob, signal: AbortSignal): Promise<Report> {
  const { audio, set, reference, earlier, purpose } = job
  if (set === null && (audio === null || earlier === null)) {
    return buildReport(audio, set, { reference, purpose })
  }
  return await runInThread<never, Report>(new URL('report-thread.ts', import.meta.url), job, { signal })
}
