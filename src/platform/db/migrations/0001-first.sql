-- PostgreSQL 15 syntax only: the embedded database is newer than the servers this also runs on.

create table settings (
  name text primary key,
  value text not null
);

create table users (
  id uuid primary key default gen_random_uuid(),
  email text not null unique,
  display_name text,
  password_hash text not null,
  verified_at timestamptz,
  sixteen_or_older_at timestamptz not null,
  tier text not null default 'free' check (tier in ('free', 'pro', 'studio')),
  stripe_customer_id text unique,
  created_at timestamptz not null
);

create table login_sessions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);

create index login_sessions_by_user on login_sessions (user_id);

-- Only the SHA-256 of a token is kept; the token itself exists in the letter alone.
create table email_tokens (
  token_sha256 text primary key,
  user_id uuid not null references users (id) on delete cascade,
  purpose text not null check (purpose in ('verify-email')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create index email_tokens_by_user on email_tokens (user_id);

-- Outbox of letters: written in the transaction that causes the letter, sent by a worker task.
create table letters (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  kind text not null check (kind in ('verify-email', 'already-registered')),
  created_at timestamptz not null,
  sent_at timestamptz
);

create table analyses (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  state text not null check (state in ('queued', 'running', 'done', 'failed')),
  stage text not null,
  percent integer not null default 0 check (percent between 0 and 100),
  audio_name text,
  set_name text,
  intent jsonb not null,
  is_demo boolean not null default false,
  report jsonb,
  failure_code text,
  failure_detail text,
  created_at timestamptz not null,
  finished_at timestamptz,
  expires_at timestamptz not null
);

create index analyses_by_user on analyses (user_id, created_at desc, id desc);

create index analyses_by_expiry on analyses (expires_at);

create table uploads (
  id uuid primary key default gen_random_uuid(),
  analysis_id uuid not null references analyses (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  role text not null check (role in ('audio', 'set')),
  storage_key text not null unique,
  container text not null,
  size_bytes bigint not null,
  sha256 text not null,
  created_at timestamptz not null,
  delete_after timestamptz not null,
  deleted_at timestamptz,
  unique (analysis_id, role)
);

-- Keys whose bytes must go although no upload row holds them: a deleted analysis, an aborted request.
create table raw_deletions (
  storage_key text primary key,
  due_at timestamptz not null
);

create table usage_periods (
  user_id uuid not null references users (id) on delete cascade,
  unit text not null check (unit in ('analysis', 'message')),
  period_start timestamptz not null,
  period_end timestamptz not null,
  cap integer not null,
  used integer not null default 0 check (used >= 0),
  reserved integer not null default 0 check (reserved >= 0),
  primary key (user_id, unit, period_start)
);

-- One row for each unit of work: what was reserved, and how it ended.
create table usage_units (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  unit text not null check (unit in ('analysis', 'message')),
  period_start timestamptz not null,
  state text not null check (state in ('reserved', 'used', 'refunded')),
  reserved_at timestamptz not null,
  settled_at timestamptz
);

create index usage_units_by_user on usage_units (user_id, unit, period_start);

-- Outbox of Stripe meter events: written in the transaction that settles the unit.
create table meter_events (
  identifier text primary key,
  user_id uuid not null references users (id) on delete cascade,
  event_name text not null,
  happened_at timestamptz not null,
  first_tried_at timestamptz,
  sent_at timestamptz
);

create index meter_events_unsent on meter_events (happened_at) where sent_at is null;

create table stripe_events (
  id text primary key,
  type text not null,
  created_at timestamptz not null,
  received_at timestamptz not null
);

create table messages (
  id uuid primary key default gen_random_uuid(),
  analysis_id uuid not null references analyses (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  parent_id uuid references messages (id) on delete cascade,
  role text not null check (role in ('user', 'assistant')),
  status text not null check (status in ('streaming', 'complete', 'stopped', 'refused', 'failed')),
  text text not null,
  source text not null check (source in ('user', 'claude', 'offline-coach')),
  error_code text,
  model text,
  prompt_version text,
  usage jsonb,
  upstream_request_id text,
  created_at timestamptz not null,
  touched_at timestamptz not null
);

create index messages_by_analysis on messages (analysis_id, created_at);

create unique index messages_one_streaming on messages (analysis_id) where status = 'streaming';

create table rate_hits (
  key text primary key,
  hits integer not null,
  resets_at timestamptz not null
);

create index rate_hits_by_reset on rate_hits (resets_at);
