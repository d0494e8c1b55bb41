import { Facts } from '../ui/facts.tsx'
import { formatBytes, formatDate, formatMinutes } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { MeterBar } from './meter-bar.tsx'
import { useUsage } from './usage.ts'

export function PlanPage() {
  const usage = useUsage()
  if (usage.isPending) return <Waiting />
  if (usage.isError) {
    return (
      <Page title="Plan and usage" width="narrow">
        <ProblemNotice error={usage.error} onRetry={() => void usage.refetch()} />
      </Page>
    )
  }
  const plan = usage.data
  return (
    <Page
      title="Plan and usage"
      width="narrow"
      lead={`You are on the ${plan.tierTitle} plan. The count starts again on ${formatDate(plan.resetsAt)}.`}
    >
      <MeterBar name="Analyses" meter={plan.analyses} />
      <MeterBar name="Chat messages" meter={plan.messages} />
      <Facts
        facts={[
          { name: 'Largest file', value: formatBytes(plan.maxFileBytes) },
          { name: 'Longest track', value: formatMinutes(plan.maxTrackSeconds) },
          { name: 'Kept references', value: plan.maxKeptReferences },
          { name: 'This period', value: `${formatDate(plan.periodStart)} to ${formatDate(plan.resetsAt)}` },
        ]}
      />
      <p className="muted">
        An analysis that fails costs nothing. Trying it again takes one, and counts only if it succeeds. The
        demo track is free.
      </p>
    </Page>
  )
}
