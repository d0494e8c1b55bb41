-- Links by which anybody who holds them reads one report. Only a digest of the token is kept; revoking deletes the row.
create table report_links (
  id uuid primary key default gen_random_uuid(),
  analysis_id uuid not null references analyses (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  token_sha256 text not null unique,
  shows_names boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create index report_links_by_analysis on report_links (analysis_id);

create index report_links_by_user on report_links (user_id);

create index report_links_by_expiry on report_links (expires_at);
