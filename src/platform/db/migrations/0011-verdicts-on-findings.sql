-- What a person says about a finding: agreed, or meant to be so. Later versions of the track inherit it as rows of their own.
create table finding_verdicts (
  analysis_id uuid not null references analyses (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  rule text not null,
  verdict text not null check (verdict in ('agreed', 'intended')),
  given_at timestamptz not null,
  primary key (analysis_id, rule)
);

create index finding_verdicts_by_user on finding_verdicts (user_id);
