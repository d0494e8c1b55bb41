import { answerAsThread } from '../audio/answer-as-thread.ts'
import type { ReportJob } from './build-in-thread.ts'
import { buildReport } from './build-report.ts'
import type { Report } from './contract.ts'

await answerAsThread<ReportJob, never, Report>(({ audio, set, ...against }) =>
  buildReport(audio, set, against),
)
