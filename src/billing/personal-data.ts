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
