import { Button, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import type { BillingInterval, Offer, Plan } from '../../src/billing/contract.ts'
import { ApiProblem } from '../api/problem.ts'
import { formatBytes, formatMinutes } from '../ui/format.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import classes from './offers.module.css'
import { useGoToChange } from './plan.ts'
import { KeepPlan, PayOpenInvoice } from './plan-actions.tsx'
import { consequence, priceWords, whatComesFirst } from './plan-words.ts'

interface OfferViewProps {
  plan: Plan
  offer: Offer
  interval: BillingInterval
  isBusy: boolean
  onChoose: () => void
}

function OfferView({ plan, offer, interval, isBusy, onChoose }: OfferViewProps) {
  const isSameTier = offer.tier === plan.tier
  const isCurrent = isSameTier && (plan.interval === null || plan.interval === interval)
  const isPlanned = plan.next?.tier === offer.tier && plan.next.interval === interval
  const isEnding = offer.tier === 'free' && plan.endsAt !== null
  // The free plan is chosen by ending a paid one; without one there is nothing to choose.
  const canChoose = plan.canBeBought && !isCurrent && !isPlanned && !isEnding
  const first = whatComesFirst(plan)
  const hasWay = offer.prices !== null || plan.hasSubscription
  return (
    <li className={classes.offer} data-current={isCurrent} aria-current={isCurrent ? 'true' : undefined}>
      <div className={classes.head}>
        <h3>{offer.title}</h3>
        <p className="tabular">{priceWords(offer, interval, plan.currency)}</p>
      </div>
      <p className="muted">{offer.words}</p>
      <p className="tabular">
        {offer.analysesPerMonth} analyses and {offer.messagesPerMonth} messages a month; files up to{' '}
        {formatBytes(offer.maxFileBytes)}, {formatMinutes(offer.maxTrackSeconds)} of music;{' '}
        {offer.maxKeptReferences} kept {offer.maxKeptReferences === 1 ? 'reference' : 'references'}.
      </p>
      {isCurrent && <p className={classes.mark}>Your plan</p>}
      {isPlanned && <p className={classes.mark}>Planned</p>}
      {canChoose && hasWay && first !== undefined && <p className="muted small">{first}</p>}
      {canChoose && hasWay && first === undefined && (
        <div className={classes.choose}>
          <Button variant="default" loading={isBusy} onClick={onChoose}>
            {isSameTier
              ? `Pay by the ${interval}`
              : offer.tier === 'free'
                ? 'Change to Free'
                : `Change to ${offer.title}`}
          </Button>
          <p className="muted small">{consequence(plan, offer, interval)}</p>
        </div>
      )}
    </li>
  )
}

/** A refusal, with what comes first beside it. */
function Refused({ error, onKept }: { error: unknown; onKept: () => void }) {
  const code = error instanceof ApiProblem ? error.code : undefined
  return (
    <>
      <ProblemNotice error={error} />
      {code === 'billing/change-planned' && <KeepPlan onKept={onKept}>Keep my plan</KeepPlan>}
      {code === 'billing/payment-open' && <PayOpenInvoice />}
    </>
  )
}

/** Every plan with its price, the one that holds marked, and the way to another. */
export function Offers({ plan }: { plan: Plan }) {
  const [interval, setInterval] = useState<BillingInterval>(plan.interval ?? 'month')
  const change = useGoToChange()
  return (
    <section className={classes.offers} aria-labelledby="plans-title">
      <div className={classes.head}>
        <h2 id="plans-title">Plans</h2>
        {plan.canBeBought && (
          <SegmentedControl
            size="xs"
            aria-label="Pay by the"
            value={interval}
            onChange={(value) => setInterval(value === 'year' ? 'year' : 'month')}
            data={[
              { value: 'month', label: 'Monthly' },
              { value: 'year', label: 'Yearly' },
            ]}
          />
        )}
      </div>
      {!plan.canBeBought && (
        <p className="muted">This installation runs without payments: its operator sets the plans.</p>
      )}
      {change.isError && <Refused error={change.error} onKept={change.reset} />}
      <ul className={classes.list}>
        {plan.offers.map((offer) => (
          <OfferView
            key={offer.tier}
            plan={plan}
            offer={offer}
            interval={interval}
            isBusy={change.isPending && change.variables.tier === offer.tier}
            onChoose={() => change.mutate({ tier: offer.tier, interval })}
          />
        ))}
      </ul>
      {plan.canBeBought && (
        <p className="muted small">You pay on a page of Stripe's. Card and bank numbers never come here.</p>
      )}
    </section>
  )
}
