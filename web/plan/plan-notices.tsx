import { Button } from '@mantine/core'
import type { Plan } from '../../src/billing/contract.ts'
import { formatDate } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useGoToPortal, useKeepPlan } from './plan.ts'
import { titleOf } from './plan-words.ts'

function PaymentFailed({ plan, keptUntil }: { plan: Plan; keptUntil: string }) {
  const portal = useGoToPortal()
  const isKept = plan.tier !== 'free'
  return (
    <Notice
      kind="warn"
      title="A payment did not go through"
      action={
        <Button size="xs" loading={portal.isPending} onClick={() => portal.mutate()}>
          Confirm it or use another card
        </Button>
      }
    >
      {isKept
        ? `You keep ${titleOf(plan, plan.tier)} until ${formatDate(keptUntil)}. Afterwards the Free plan holds until the payment succeeds; nothing you made is deleted by that.`
        : `The Free plan holds since ${formatDate(keptUntil)}. Your plan is back as soon as the payment succeeds.`}
      {portal.isError && <ProblemNotice error={portal.error} />}
    </Notice>
  )
}

function Planned({ plan }: { plan: Plan }) {
  const keep = useKeepPlan()
  const what = plan.next
    ? `changes to ${titleOf(plan, plan.next.tier)} on ${formatDate(plan.next.at)}`
    : `ends on ${formatDate(plan.endsAt ?? '')}`
  return (
    <Notice
      kind="info"
      title={`${titleOf(plan, plan.tier)} ${what}`}
      action={
        <Button size="xs" variant="default" loading={keep.isPending} onClick={() => keep.mutate()}>
          Keep {titleOf(plan, plan.tier)} instead
        </Button>
      }
    >
      Until then everything stays as it is. Nothing you made is deleted by it.
      {keep.isError && <ProblemNotice error={keep.error} />}
    </Notice>
  )
}

/** What has to be known of the plan before anything else. */
export function PlanNotices({ plan }: { plan: Plan }) {
  return (
    <>
      {plan.paymentFailed && <PaymentFailed plan={plan} keptUntil={plan.paymentFailed.keptUntil} />}
      {plan.isDisputed && (
        <Notice kind="warn" title="A payment is disputed at your bank">
          While that is open the Free plan holds. If you did not dispute it, ask your bank.
        </Notice>
      )}
      {plan.paymentFailed === null && (plan.next !== null || plan.endsAt !== null) && <Planned plan={plan} />}
    </>
  )
}

/** After Checkout: nothing has changed by coming back, only by what Stripe tells. */
export function CameBack({ isThere, isLate }: { isThere: boolean; isLate: boolean }) {
  if (isThere)
    return (
      <Notice kind="good" title="Your new plan holds">
        You can close this window if you came from another one: it has changed there as well.
      </Notice>
    )
  return (
    <Notice kind="info" title={isLate ? 'Still waiting' : 'Waiting for the payment'}>
      {isLate
        ? 'The payment has not been confirmed yet. It may take some minutes; nothing is lost, and this page shows it as soon as it is there.'
        : 'Stripe tells us when it is paid; that takes a few seconds.'}
    </Notice>
  )
}
