import type { Price, StripeWorld, Subscription } from './stripe-world.ts'

/** Objects as the API shows them: the fields that exist today, periods on the item and nowhere else. */
export function priceObject(price: Price) {
  const { interval, ...facts } = price
  return {
    object: 'price',
    ...facts,
    billing_scheme: 'per_unit',
    livemode: false,
    recurring: { interval, interval_count: 1, meter: null, usage_type: 'licensed', trial_period_days: null },
    type: 'recurring',
  }
}

function invoiceObject({ invoice, customer }: Subscription) {
  if (!invoice) return null
  const payment = { type: 'payment_intent', payment_intent: invoice.payment_intent }
  const paid =
    invoice.payment_intent === null ? [] : [{ id: `inpay_${invoice.id}`, object: 'invoice_payment', payment }]
  return {
    id: invoice.id,
    object: 'invoice',
    created: invoice.created,
    customer,
    status: invoice.isPaid ? 'paid' : 'open',
    payments: { object: 'list', data: paid, has_more: false, url: '/v1/invoice_payments' },
  }
}

function scheduleObject(one: Subscription) {
  if (!one.schedule) return null
  const phases = [
    { start_date: one.start, end_date: one.schedule.at, items: [{ price: one.price, quantity: 1 }] },
    {
      start_date: one.schedule.at,
      end_date: one.schedule.at + 1,
      items: [{ price: one.schedule.price, quantity: 1 }],
    },
  ]
  return {
    id: one.schedule.id,
    object: 'subscription_schedule',
    customer: one.customer,
    phases,
    status: 'active',
  }
}

export function subscriptionObject(world: StripeWorld, one: Subscription, expand: string[] = []) {
  const isExpanded = (name: string) => expand.some((path) => path.replace(/^data\./, '').startsWith(name))
  const item = {
    id: one.item,
    object: 'subscription_item',
    current_period_start: one.start,
    current_period_end: one.end,
    price: priceObject(world.price(one.price)),
    quantity: 1,
    subscription: one.id,
  }
  return {
    id: one.id,
    object: 'subscription',
    customer: one.customer,
    status: one.status,
    created: one.created,
    billing_cycle_anchor: one.anchor,
    billing_mode: { type: 'flexible' },
    cancel_at: one.cancelAtPeriodEnd ? one.end : null,
    cancel_at_period_end: one.cancelAtPeriodEnd,
    trial_end: one.trialEnd,
    items: {
      object: 'list',
      data: [item],
      has_more: false,
      url: `/v1/subscription_items?subscription=${one.id}`,
    },
    latest_invoice: isExpanded('latest_invoice') ? invoiceObject(one) : (one.invoice?.id ?? null),
    schedule: isExpanded('schedule') ? scheduleObject(one) : (one.schedule?.id ?? null),
    livemode: false,
    metadata: {},
  }
}
