import { Button } from '@mantine/core'
import { type ReactNode, useEffect, useState } from 'react'
import { Link } from 'react-router'
import type { Offer, Plan } from '../../src/billing/contract.ts'
import { ProblemNotice } from '../ui/problem-notice.tsx'
import { useChangeElsewhere, usePlan } from './plan.ts'
import { priceWords, whatComesFirst } from './plan-words.ts'
import classes from './upgrade-offer.module.css'
import { useUsage } from './usage.ts'

const ASK_EVERY_MS = 2000

/** The next larger plan that lifts the limit that was met. */
function largerOffer(plan: Plan, isEnough: (offer: Offer) => boolean): Offer | undefined {
  const at = plan.offers.findIndex(({ tier }) => tier === plan.tier)
  return plan.offers.find((offer, index) => index > at && offer.prices !== null && isEnough(offer))
}

interface UpgradeOfferProps {
  /** What was being done, and stays: "Your files stay here". */
  kept: string
  /** Which plans lift the limit that was met; any larger one, if not said. */
  isEnough?: (offer: Offer) => boolean
  /** What stands here when there is no larger plan to be bought. */
  otherwise?: ReactNode
}

/** Where a limit is met: the plan that lifts it, bought in a window of its own while this page stays as it is. */
export function UpgradeOffer({ kept, isEnough = () => true, otherwise = null }: UpgradeOfferProps) {
  const change = useChangeElsewhere()
  const [isWaiting, setIsWaiting] = useState(false)
  const plan = usePlan(isWaiting && ASK_EVERY_MS)
  const usage = useUsage(isWaiting && ASK_EVERY_MS)
  const [before] = useState(usage.data?.tier)
  useEffect(() => {
    if (usage.data !== undefined && usage.data.tier !== before) setIsWaiting(false)
  }, [usage.data, before])
  if (plan.data === undefined || !plan.data.canBeBought) return otherwise
  const offer = largerOffer(plan.data, isEnough)
  if (offer === undefined) return otherwise
  const first = whatComesFirst(plan.data)
  if (first !== undefined)
    return (
      <p>
        {first} <Link to="/plan">Plan and usage</Link>
      </p>
    )
  const interval = plan.data.interval ?? 'month'
  return (
    <div className={classes.offer}>
      <p>
        <strong>{offer.title}</strong> has {offer.analysesPerMonth} analyses and {offer.messagesPerMonth}{' '}
        messages a month: {priceWords(offer, interval, plan.data.currency)}
        {offer.trialDays > 0 && !plan.data.hasSubscription && `, the first ${offer.trialDays} days free`}.
      </p>
      <div className={classes.actions}>
        <Button
          size="xs"
          loading={change.isPending}
          onClick={() => {
            setIsWaiting(true)
            change.mutate({ tier: offer.tier, interval })
          }}
        >
          Go on with {offer.title}
        </Button>
        <Link to="/plan">All plans</Link>
      </div>
      <p className="muted small" role="status">
        {isWaiting && change.isSuccess
          ? `The payment is made in the other window. ${kept}; it goes on as soon as it is paid.`
          : `Opens in a new window. ${kept}.`}
      </p>
      {change.data?.isOpen === false && (
        <p>
          Your browser kept the window shut:{' '}
          <a href={change.data.url} target="_blank" rel="noreferrer">
            open the payment page
          </a>
          .
        </p>
      )}
      {change.isError && <ProblemNotice error={change.error} />}
    </div>
  )
}
