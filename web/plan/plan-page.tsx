import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useSearchParams } from 'react-router'
import { Facts } from '../ui/facts.tsx'
import { formatBytes, formatDate, formatMinutes } from '../ui/format.ts'
import { Page } from '../ui/page.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { Waiting } from '../ui/waiting.tsx'
import { Ledger } from './ledger.tsx'
import { MeterBar } from './meter-bar.tsx'
import { Offers } from './offers.tsx'
import { useGoToPortal, usePlan } from './plan.ts'
import { CameBack, PlanNotices } from './plan-notices.tsx'
import { holdsPaid, outlook, titleOf } from './plan-words.ts'
import { useUsage } from './usage.ts'

const ASK_EVERY_MS = 1500
const LATE_MS = 60_000

function useIsLate(isWaiting: boolean): boolean {
  const [isLate, setIsLate] = useState(false)
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(() => setIsLate(true), LATE_MS)
    return () => clearTimeout(timer)
  }, [isWaiting])
  return isLate
}

function Invoices() {
  const portal = useGoToPortal()
  return (
    <>
      <Button variant="default" size="xs" loading={portal.isPending} onClick={() => portal.mutate()}>
        Invoices and card
      </Button>
      {portal.isError && <ProblemNotice error={portal.error} />}
    </>
  )
}

export function PlanPage() {
  const [query] = useSearchParams()
  const isBack = query.get('from') === 'checkout'
  const [isThere, setIsThere] = useState(false)
  const isWaiting = isBack && !isThere
  const plan = usePlan(isWaiting && ASK_EVERY_MS)
  const usage = useUsage(isWaiting && ASK_EVERY_MS)
  const isLate = useIsLate(isWaiting)
  const isPaidFor = plan.data !== undefined && holdsPaid(plan.data)
  useEffect(() => {
    if (isPaidFor) setIsThere(true)
  }, [isPaidFor])
  if (usage.isPending || plan.isPending) return <Waiting />
  if (usage.isError || plan.isError) {
    const retry = () => void Promise.all([usage.refetch(), plan.refetch()])
    return (
      <Page title="Plan and usage" width="narrow">
        <ProblemNotice error={usage.error ?? plan.error} onRetry={retry} />
      </Page>
    )
  }
  const { analyses, messages, periodStart, resetsAt, ...limits } = usage.data
  return (
    <Page
      title="Plan and usage"
      width="narrow"
      lead={`You are on the ${titleOf(plan.data, plan.data.tier)} plan. ${outlook(plan.data) ?? ''} The count starts again on ${formatDate(resetsAt)}.`}
    >
      {isBack && <CameBack isThere={isThere} isLate={isLate} />}
      <PlanNotices plan={plan.data} />
      <MeterBar name="Analyses" meter={analyses} />
      <MeterBar name="Chat messages" meter={messages} />
      <Facts
        facts={[
          { name: 'Largest file', value: formatBytes(limits.maxFileBytes) },
          { name: 'Longest track', value: formatMinutes(limits.maxTrackSeconds) },
          { name: 'Kept references', value: limits.maxKeptReferences },
          { name: 'This period', value: `${formatDate(periodStart)} to ${formatDate(resetsAt)}` },
        ]}
      />
      {plan.data.hasSubscription && <Invoices />}
      <Offers plan={plan.data} />
      <Ledger />
    </Page>
  )
}
