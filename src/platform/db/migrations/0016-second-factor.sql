-- A second factor at login: six digits that an app makes from a shared secret. The secret is sealed with a key of ours.
create table second_factors (
  user_id uuid primary key references users (id) on delete cascade,
  sealed_secret bytea not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0
);

-- For when the app is out of reach: keyed digests of codes that open once each.
create table recovery_codes (
  user_id uuid not null references users (id) on delete cascade,
  code_hmac text not null,
  used_at timestamptz,
  primary key (user_id, code_hmac)
);
