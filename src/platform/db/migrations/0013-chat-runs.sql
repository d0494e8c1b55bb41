-- A run belongs to the server: whoever asks it to stop writes that here, and the process that runs it sees it.
alter table messages add column stop_requested_at timestamptz;

alter table messages add column kind text not null default 'question' check (kind in ('question', 'review'));

-- What the check of the answer's numbers against the analysis found.
alter table messages add column verdict jsonb;

-- Which of the sent blocks the answer was made from.
alter table messages add column sent_sha256 text;

-- Exactly what Claude was given about an analysis, once for each different text.
create table sent_blocks (
  analysis_id uuid not null references analyses (id) on delete cascade,
  sha256 text not null,
  user_id uuid not null references users (id) on delete cascade,
  block text not null,
  first_sent_at timestamptz not null,
  primary key (analysis_id, sha256)
);

create index sent_blocks_by_user on sent_blocks (user_id);

-- Tokens of one account on one day (UTC): a ceiling against abuse, which deleting a chat does not reset.
create table claude_days (
  user_id uuid not null references users (id) on delete cascade,
  day text not null,
  tokens bigint not null,
  primary key (user_id, day)
);

-- What all answers of one day (UTC) cost, in millionths of a dollar.
create table claude_spend (
  day text primary key,
  micro_dollars bigint not null
);
