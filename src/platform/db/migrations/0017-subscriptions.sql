-- What Stripe said last about an account's subscription. Never a card, an address, an amount.
create table subscriptions (
  user_id uuid primary key references users (id) on delete cascade,
  subscription_id text,
  tier text check (tier in ('free', 'pro', 'studio')),
  billing_interval text check (billing_interval in ('month', 'year')),
  status text not null default 'none',
  period_start timestamptz,
  period_end timestamptz,
  anchored_at timestamptz,
  cancel_at timestamptz,
  trial_ends_at timestamptz,
  -- When the invoice was made that could not be charged.
  past_due_since timestamptz,
  is_disputed boolean not null default false,
  next_tier text check (next_tier in ('free', 'pro', 'studio')),
  next_interval text check (next_interval in ('month', 'year')),
  next_at timestamptz,
  -- Each reading of Stripe draws a number before it begins; an older one never overwrites a newer one.
  drawn_reading bigint not null default 0,
  applied_reading bigint not null default 0,
  read_at timestamptz,
  -- Stripe could not be reached when something had changed: read again from then on.
  read_due_at timestamptz,
  -- Somebody is being led to Checkout: nobody else meanwhile.
  checkout_busy_until timestamptz
);

create index subscriptions_by_due on subscriptions (read_due_at) where read_due_at is not null;

-- Why each unit was counted or given back. Rows are only added.
create table usage_ledger (
  id bigint generated always as identity primary key,
  user_id uuid not null references users (id) on delete cascade,
  unit text not null check (unit in ('analysis', 'message')),
  unit_id uuid not null,
  change text not null check (change in ('held', 'counted', 'given-back')),
  reason text,
  period_start timestamptz not null,
  happened_at timestamptz not null
);

create index usage_ledger_by_user on usage_ledger (user_id, id desc);

insert into usage_ledger (user_id, unit, unit_id, change, reason, period_start, happened_at)
select user_id, unit, id, 'held', null, period_start, reserved_at from usage_units order by reserved_at;

insert into usage_ledger (user_id, unit, unit_id, change, reason, period_start, happened_at)
select user_id, unit, id, case state when 'used' then 'counted' else 'given-back' end, null, period_start, settled_at
from usage_units where settled_at is not null order by settled_at;

-- A unit that Stripe may have counted, sent again under a new identifier.
alter table meter_events add column resends integer not null default 0;

-- Too old for Stripe, or refused for good: not sent, and reported to the operator.
alter table meter_events add column given_up_at timestamptz;

-- What a client's Idempotency-Key led to: a repeat gets the same, and costs nothing.
create table request_keys (
  user_id uuid not null references users (id) on delete cascade,
  key text not null,
  fingerprint text not null,
  result_id uuid not null,
  created_at timestamptz not null,
  primary key (user_id, key)
);

create index request_keys_by_age on request_keys (created_at);
