-- Tracks that others are compared with: numbers only, the sound itself is never kept.
create table reference_tracks (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  sha256 text not null,
  profile jsonb not null,
  created_at timestamptz not null,
  last_used_at timestamptz not null,
  expires_at timestamptz not null,
  unique (user_id, sha256)
);

create index reference_tracks_by_expiry on reference_tracks (expires_at);

alter table analyses add column reference_id uuid references reference_tracks (id) on delete set null;

-- Of a reference that is not kept; a kept one has its name in its own row, and takes it along when it is deleted.
alter table analyses add column reference_name text;

alter table analyses add column earlier_id uuid references analyses (id) on delete set null;

alter table analyses add column version_number integer not null default 1 check (version_number >= 1);

create index analyses_by_reference on analyses (reference_id) where reference_id is not null;

create index analyses_by_earlier on analyses (earlier_id) where earlier_id is not null;

alter table uploads drop constraint uploads_role_check;

alter table uploads add constraint uploads_role_check check (role in ('audio', 'set', 'reference'));
