import type { Plan } from '../../src/billing/contract.ts'
import { formatDate } from '../ui/format.ts'
import { Notice } from '../ui/notice.tsx'
import { KeepPlan, PayOpenInvoice } from './plan-actions.tsx'
import { titleOf } from './plan-words.ts'

function PaymentOpen({ plan }: { plan: Plan }) {
  const { paymentFailed } = plan
  const holds = `The ${titleOf(plan, plan.tier)} plan holds`
  return (
    <Notice
      kind="warn"
      title={paymentFailed ? 'A payment did not go through' : 'Your plan waits for its payment'}
      action={<PayOpenInvoice />}
    >
      {paymentFailed === null && `${holds} until the open invoice is paid.`}
      {paymentFailed !== null &&
        (plan.awaitsPayment
          ? `${holds} since ${formatDate(paymentFailed.keptUntil)}. Your plan is back as soon as the open invoice is paid.`
          : `You keep ${titleOf(plan, plan.tier)} until ${formatDate(paymentFailed.keptUntil)}. Afterwards the Free plan holds until the payment succeeds; nothing you made is deleted by that.`)}
    </Notice>
  )
}

function Planned({ plan }: { plan: Plan }) {
  const what = plan.next
    ? `changes to ${titleOf(plan, plan.next.tier)} on ${formatDate(plan.next.at)}`
    : `ends on ${formatDate(plan.endsAt ?? '')}`
  return (
    <Notice
      kind="info"
      title={`${titleOf(plan, plan.tier)} ${what}`}
      action={<KeepPlan>Keep {titleOf(plan, plan.tier)} instead</KeepPlan>}
    >
      Until then everything stays as it is. Nothing you made is deleted by it.
    </Notice>
  )
}

/** What has to be known of the plan before anything else. */
export function PlanNotices({ plan }: { plan: Plan }) {
  const isOpen = plan.paymentFailed !== null || plan.awaitsPayment
  return (
    <>
      {isOpen && <PaymentOpen plan={plan} />}
      {plan.isDisputed && (
        <Notice kind="warn" title="A payment is disputed at your bank">
          While that is open the Free plan holds. If you did not dispute it, ask your bank.
        </Notice>
      )}
      {(plan.next !== null || (!isOpen && plan.endsAt !== null)) && <Planned plan={plan} />}
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
