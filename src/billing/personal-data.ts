import type { PersonalData } from '../core/personal-data.ts'

const withAccount = 'deleted with the account, at once'

/** What this feature keeps of people, what of it is exported, and how it goes. */
export const billingPersonalData: PersonalData = {
  usage_periods: {
    owner: 'user_id',
    erasure: withAccount,
    columns: {
      user_id: 'the number of the account',
      unit: 'what is counted: analyses or messages',
      period_start: 'the month it is counted for',
      period_end: 'the end of that month',
      cap: 'how many the plan allowed',
      used: 'how many were used',
      reserved: 'how many were under way',
    },
  },
  usage_units: {
    owner: 'user_id',
    erasure: withAccount,
    columns: {
      id: 'the number of the analysis or message',
      user_id: 'the number of the account',
      unit: 'what was counted',
      period_start: 'the month it counts for',
      state: 'whether it was used or given back',
      reserved_at: 'when it began',
      settled_at: 'when it was settled',
    },
  },
  meter_events: {
    owner: 'user_id',
    erasure: `${withAccount}; what Stripe was told already stays there as long as the law asks of invoices`,
    columns: {
      identifier: 'the number of the unit',
      user_id: 'the number of the account',
      event_name: 'what Stripe counts',
      happened_at: 'when it was used',
      first_tried_at: 'when Stripe was first told',
      sent_at: 'when Stripe had counted it',
      resends: 'how often it had to be sent anew',
      given_up_at: 'when it was found too old to be counted there',
    },
  },
  subscriptions: {
    owner: 'user_id',
    erasure: `${withAccount}; Stripe is told to forget the customer, which ends the subscription`,
    columns: {
      user_id: 'the number of the account',
      subscription_id: 'the number of your subscription at Stripe',
      tier: 'the plan that is paid for',
      billing_interval: 'whether it is paid by the month or by the year',
      status: 'whether it is active, on trial, waiting for a payment, or over',
      period_start: 'when the period that is paid began',
      period_end: 'when it ends',
      anchored_at: 'the day that months are counted from',
      cancel_at: 'when it ends for good',
      trial_ends_at: 'when the trial ends',
      past_due_since: 'since when a payment is missing',
      is_disputed: 'whether a payment is disputed at the bank',
      next_tier: 'the plan it changes to',
      next_interval: 'how that one is paid',
      next_at: 'when it changes',
      drawn_reading: 'how often Stripe was asked',
      applied_reading: 'which answer this is',
      read_at: 'when Stripe was asked last',
      read_due_at: 'since when Stripe is to be asked again',
      checkout_busy_until: 'until when a change is under way',
    },
  },
  usage_ledger: {
    owner: 'user_id',
    erasure: withAccount,
    columns: {
      id: 'the number of the entry',
      user_id: 'the number of the account',
      unit: 'what was counted: an analysis or a message',
      unit_id: 'the number of the analysis or message',
      change: 'whether it was held, counted, or given back',
      reason: 'why it was given back',
      period_start: 'the period it counts for',
      happened_at: 'when',
    },
  },
  request_keys: {
    owner: 'user_id',
    erasure: `${withAccount}; after a day in any case`,
    columns: {
      user_id: 'the number of the account',
      key: 'what your program called its request',
      fingerprint: 'a digest by which a repeat of it is recognised',
      result_id: 'the number of the analysis or message it led to',
      created_at: 'when it came',
    },
  },
  stripe_customer_deletions: {
    owner: null,
    erasure: 'goes when Stripe has forgotten the customer; until then it is what makes Stripe forget',
    columns: {
      customer_id: { withheld: 'the number at Stripe of an account that is gone' },
      due_at: { withheld: 'since when Stripe is to forget it' },
    },
  },
  stripe_events: {
    owner: null,
    erasure: 'holds the number and kind of what Stripe reported, nothing of anybody',
    columns: {
      id: { withheld: 'not personal' },
      type: { withheld: 'not personal' },
      created_at: { withheld: 'not personal' },
      received_at: { withheld: 'not personal' },
    },
  },
}
