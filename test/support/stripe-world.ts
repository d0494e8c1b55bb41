/** What a Stripe of the tests' own remembers, and what happens there as time goes by. Times are in seconds. */
export interface Price {
  id: string
  product: string
  unit_amount: number
  currency: string
  interval: 'month' | 'year'
  lookup_key: string | null
  metadata: Record<string, string>
  active: boolean
}

export interface Charge {
  id: string
  customer: string
  payment_intent: string
  created: number
  amount: number
  refunded: boolean
  disputed: boolean
}

export interface Dispute {
  id: string
  charge: string
  status: 'needs_response' | 'won' | 'lost'
  created: number
}

export interface Invoice {
  id: string
  created: number
  payment_intent: string | null
  isPaid: boolean
}

export interface Subscription {
  id: string
  item: string
  customer: string
  status: 'trialing' | 'active' | 'past_due' | 'incomplete' | 'unpaid' | 'canceled'
  created: number
  price: string
  start: number
  end: number
  anchor: number
  cancelAtPeriodEnd: boolean
  trialEnd: number | null
  schedule: { id: string; price: string; at: number } | null
  invoice: Invoice | null
  wasTrialEndTold: boolean
}

export interface WorldEvent {
  id: string
  type: string
  created: number
  object: Record<string, unknown>
}

const DAY = 86_400
const DUNNING_SECONDS = 21 * DAY

/** As Stripe counts: the anchor's day, or the last of a shorter month. */
export function monthsAfter(anchorSeconds: number, count: number): number {
  const anchor = new Date(anchorSeconds * 1000)
  const [year, month] = [anchor.getUTCFullYear(), anchor.getUTCMonth() + count]
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const timeOfDay = anchorSeconds % DAY
  return Date.UTC(year, month, Math.min(anchor.getUTCDate(), days)) / 1000 + timeOfDay
}

export class StripeWorld {
  readonly customers = new Map<string, { id: string; metadata: Record<string, string>; deleted: boolean }>()
  readonly products = new Map<
    string,
    { id: string; name: string; description: string; metadata: Record<string, string> }
  >()
  readonly prices = new Map<string, Price>()
  readonly subscriptions = new Map<string, Subscription>()
  readonly charges = new Map<string, Charge>()
  readonly disputes = new Map<string, Dispute>()
  readonly sessions = new Map<
    string,
    {
      id: string
      customer: string
      price: string
      trialDays: number
      status: 'open' | 'complete' | 'expired'
      successUrl: string
      cancelUrl: string
    }
  >()
  readonly portals = new Map<
    string,
    { id: string; customer: string; flow: Record<string, unknown> | null; returnUrl: string }
  >()
  /** Everything that happened, oldest first; whoever delivers takes from here. */
  readonly events: WorldEvent[] = []
  /** Customers whose bank declines. */
  readonly declined = new Set<string>()
  readonly #now: () => number
  #last = 0

  constructor(now: () => Date) {
    this.#now = () => Math.floor(now().getTime() / 1000)
  }

  get now(): number {
    return this.#now()
  }

  id(prefix: string): string {
    this.#last += 1
    return `${prefix}_${this.#last}`
  }

  emit(type: string, object: Record<string, unknown>, created = this.now): void {
    this.events.push({ id: this.id('evt'), type, created, object })
  }

  price(id: string): Price {
    const price = this.prices.get(id)
    if (!price) throw new Error(`No such price: ${id}`)
    return price
  }

  subscription(id: string): Subscription {
    const found = this.subscriptions.get(id)
    if (!found) throw new Error(`No such subscription: ${id}`)
    return found
  }

  subscriptionsOf(customer: string): Subscription[] {
    return [...this.subscriptions.values()].filter((one) => one.customer === customer)
  }

  chargesOf(customer: string): Charge[] {
    return [...this.charges.values()].filter((one) => one.customer === customer)
  }

  #tell(type: string, one: Subscription, at: number): void {
    this.emit(type, { object: 'subscription', id: one.id, customer: one.customer, status: one.status }, at)
  }

  #charge(customer: string, amount: number, at: number): Charge | null {
    if (this.declined.has(customer)) return null
    const charge: Charge = {
      id: this.id('ch'),
      customer,
      payment_intent: this.id('pi'),
      created: at,
      amount,
      refunded: false,
      disputed: false,
    }
    this.charges.set(charge.id, charge)
    return charge
  }

  /** A new invoice, paid if the bank lets it. */
  #invoice(one: Subscription, amount: number, at: number): void {
    const charge = this.#charge(one.customer, amount, at)
    one.invoice = {
      id: this.id('in'),
      created: at,
      payment_intent: charge?.payment_intent ?? null,
      isPaid: charge !== null,
    }
    const object = { object: 'invoice', id: one.invoice.id, customer: one.customer }
    this.emit(charge ? 'invoice.paid' : 'invoice.payment_failed', object, at)
    one.status = charge ? 'active' : 'past_due'
  }

  #length(price: Price): number {
    return price.interval === 'year' ? 12 : 1
  }

  #nextEnd(one: Subscription, from: number): number {
    const step = this.#length(this.price(one.price))
    let count = 0
    while (monthsAfter(one.anchor, count) <= from) count += step
    return monthsAfter(one.anchor, count)
  }

  /** @returns false when the bank declines: the page stays open */
  payCheckout(sessionId: string): boolean {
    this.settle()
    const session = this.sessions.get(sessionId)
    if (session?.status !== 'open') throw new Error('This Checkout is not open')
    const price = this.price(session.price)
    const at = this.now
    if (session.trialDays === 0 && this.declined.has(session.customer)) return false
    const trialEnd = session.trialDays > 0 ? at + session.trialDays * DAY : null
    const one: Subscription = {
      id: this.id('sub'),
      item: this.id('si'),
      customer: session.customer,
      status: trialEnd ? 'trialing' : 'active',
      created: at,
      price: price.id,
      start: at,
      end: trialEnd ?? monthsAfter(at, this.#length(price)),
      anchor: trialEnd ?? at,
      cancelAtPeriodEnd: false,
      trialEnd,
      schedule: null,
      invoice: null,
      wasTrialEndTold: false,
    }
    if (!trialEnd) this.#invoice(one, price.unit_amount, at)
    this.subscriptions.set(one.id, one)
    session.status = 'complete'
    this.#tell('customer.subscription.created', one, at)
    this.emit('checkout.session.completed', {
      object: 'checkout.session',
      id: session.id,
      customer: one.customer,
    })
    return true
  }

  /** What the portal does when a change of plan is confirmed there. */
  confirmChange(subscriptionId: string, priceId: string): void {
    this.settle()
    const one = this.subscription(subscriptionId)
    const [before, wanted] = [this.price(one.price), this.price(priceId)]
    const at = this.now
    if (one.status === 'canceled') throw new Error('This subscription is over')
    const isShorter = before.interval === 'year' && wanted.interval === 'month'
    if (one.status !== 'trialing' && (wanted.unit_amount < before.unit_amount || isShorter)) {
      one.schedule = { id: this.id('sub_sched'), price: wanted.id, at: one.end }
      return void this.#tell('customer.subscription.updated', one, at)
    }
    if (one.status !== 'trialing') {
      const charge = this.#charge(one.customer, wanted.unit_amount - before.unit_amount, at)
      // Stripe applies a change only once it is paid.
      if (!charge)
        return void this.emit('invoice.payment_action_required', {
          object: 'invoice',
          id: this.id('in'),
          customer: one.customer,
        })
      one.invoice = { id: this.id('in'), created: at, payment_intent: charge.payment_intent, isPaid: true }
      if (before.interval !== wanted.interval) {
        one.anchor = at
        one.start = at
        one.end = monthsAfter(at, this.#length(wanted))
      }
    }
    one.price = wanted.id
    one.schedule = null
    this.#tell('customer.subscription.updated', one, at)
  }

  cancelAtPeriodEnd(subscriptionId: string): void {
    this.settle()
    const one = this.subscription(subscriptionId)
    if (one.status === 'canceled') return
    one.cancelAtPeriodEnd = true
    one.schedule = null
    this.#tell('customer.subscription.updated', one, this.now)
  }

  resume(subscriptionId: string): void {
    this.settle()
    const one = this.subscription(subscriptionId)
    one.cancelAtPeriodEnd = false
    this.#tell('customer.subscription.updated', one, this.now)
  }

  release(scheduleId: string): void {
    this.settle()
    for (const one of this.subscriptions.values())
      if (one.schedule?.id === scheduleId) {
        one.schedule = null
        this.#tell('customer.subscription.updated', one, this.now)
      }
  }

  cancelNow(subscriptionId: string, at = this.now): void {
    const one = this.subscription(subscriptionId)
    if (one.status === 'canceled') return
    one.status = 'canceled'
    one.schedule = null
    this.#tell('customer.subscription.deleted', one, at)
  }

  /** The customer puts in a card that works and pays what is open. */
  repairCard(customer: string): void {
    this.settle()
    this.declined.delete(customer)
    for (const one of this.subscriptionsOf(customer)) {
      if (one.status !== 'past_due' || !one.invoice) continue
      const charge = this.#charge(customer, this.price(one.price).unit_amount, this.now)
      one.invoice.payment_intent = charge?.payment_intent ?? null
      one.invoice.isPaid = charge !== null
      one.status = 'active'
      this.emit('invoice.paid', { object: 'invoice', id: one.invoice.id, customer })
      this.#tell('customer.subscription.updated', one, this.now)
    }
  }

  refund(chargeId: string): void {
    this.settle()
    const charge = this.charges.get(chargeId)
    if (!charge) throw new Error('No such charge')
    charge.refunded = true
    this.emit('charge.refunded', { object: 'charge', id: charge.id, customer: charge.customer })
  }

  dispute(chargeId: string): Dispute {
    this.settle()
    const charge = this.charges.get(chargeId)
    if (!charge) throw new Error('No such charge')
    charge.disputed = true
    const dispute: Dispute = {
      id: this.id('dp'),
      charge: chargeId,
      status: 'needs_response',
      created: this.now,
    }
    this.disputes.set(dispute.id, dispute)
    this.emit('charge.dispute.created', { object: 'dispute', id: dispute.id, charge: chargeId })
    return dispute
  }

  closeDispute(disputeId: string, status: 'won' | 'lost'): void {
    this.settle()
    const dispute = this.disputes.get(disputeId)
    if (!dispute) throw new Error('No such dispute')
    dispute.status = status
    this.emit('charge.dispute.closed', { object: 'dispute', id: dispute.id, charge: dispute.charge })
  }

  deleteCustomer(customerId: string): void {
    this.settle()
    const customer = this.customers.get(customerId)
    if (!customer || customer.deleted) return
    for (const one of this.subscriptionsOf(customerId)) this.cancelNow(one.id)
    customer.deleted = true
    this.emit('customer.deleted', { object: 'customer', id: customerId })
  }

  /** When something happens to this subscription by itself. */
  #nextStep(one: Subscription): number {
    if (one.status === 'canceled') return Number.POSITIVE_INFINITY
    const dunning =
      one.status === 'past_due' && one.invoice ? one.invoice.created + DUNNING_SECONDS : Infinity
    const notice = one.status === 'trialing' && !one.wasTrialEndTold ? one.end - 3 * DAY : Infinity
    return Math.min(one.end, dunning, notice)
  }

  #step(one: Subscription, at: number): void {
    if (one.status === 'trialing' && at < one.end) {
      one.wasTrialEndTold = true
      return void this.#tell('customer.subscription.trial_will_end', one, at)
    }
    if (one.status === 'past_due' && at < one.end) return void this.cancelNow(one.id, at)
    if (one.cancelAtPeriodEnd) return void this.cancelNow(one.id, at)
    if (one.schedule) {
      const isOther = this.price(one.price).interval !== this.price(one.schedule.price).interval
      if (isOther) one.anchor = at
      one.price = one.schedule.price
      one.schedule = null
    }
    one.start = at
    one.end = this.#nextEnd(one, at)
    this.#invoice(one, this.price(one.price).unit_amount, at)
    this.#tell('customer.subscription.updated', one, at)
  }

  /** Everything that was to happen until now has happened, in order. */
  settle(): void {
    for (;;) {
      const due = [...this.subscriptions.values()]
        .map((one) => ({ one, at: this.#nextStep(one) }))
        .filter(({ at }) => at <= this.now)
        .sort((a, b) => a.at - b.at)[0]
      if (!due) return
      this.#step(due.one, due.at)
    }
  }
}
