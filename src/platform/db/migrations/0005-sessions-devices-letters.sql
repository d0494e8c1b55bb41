-- A session's token is replaced on the way: the row knows which generation is the newest and since when it is in use.
alter table login_sessions add column generation integer not null default 0;

alter table login_sessions add column generation_seen_at timestamptz;

alter table login_sessions add column device text not null default 'Unknown device';

-- Where somebody logged in from before: a keyed digest of address, network and browser, nothing that can be read back.
create table known_devices (
  user_id uuid not null references users (id) on delete cascade,
  key_hmac text not null,
  last_login_at timestamptz not null,
  primary key (user_id, key_hmac)
);

create index known_devices_by_key on known_devices (key_hmac);

alter table letters alter column user_id drop not null;

alter table letters drop constraint letters_kind_check;

-- Where the letter goes when that is not (or no longer) the address of the account; forgotten once it is sent.
alter table letters add column address text;

alter table letters add column detail text;

-- One letter per cause, however often its cause is handled.
alter table letters add column cause text unique;

alter table email_tokens drop constraint email_tokens_purpose_check;

alter table email_tokens add constraint email_tokens_purpose_check
  check (purpose in ('verify-email', 'reset-password', 'change-email'));

alter table email_tokens add column new_email text;
