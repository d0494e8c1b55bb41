-- What a person agreed to or objected to, when, and under which version of the policy. Rows are only added.
create table consents (
  id bigint generated always as identity primary key,
  user_id uuid not null references users (id) on delete cascade,
  subject text not null check (subject in ('privacy-policy', 'age-16', 'language-model')),
  is_given boolean not null,
  policy_version text not null,
  happened_at timestamptz not null
);

create index consents_by_user on consents (user_id, subject, id desc);

-- A copy of everything, made for its owner and fetched once.
create table exports (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  archive bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create index exports_by_user on exports (user_id);

alter table email_tokens drop constraint email_tokens_purpose_check;

alter table email_tokens add constraint email_tokens_purpose_check
  check (purpose in ('verify-email', 'reset-password', 'change-email', 'fetch-export'));

-- Requests that come by letter, and what an operator did about them. Whose they are is a keyed digest of the address.
create table rights_requests (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('export', 'erase', 'correct', 'object')),
  subject_hmac text not null,
  note text not null,
  received_at timestamptz not null,
  due_at timestamptz not null,
  done_at timestamptz
);

-- Versions of the policy whose letters have all been written.
create table policy_publications (
  version text primary key,
  published_at timestamptz not null
);
