-- A copy of everything lies in parts, so that nobody needs it whole in memory.
create table export_parts (
  export_id uuid not null references exports (id) on delete cascade,
  number integer not null,
  bytes bytea not null,
  primary key (export_id, number)
);

alter table exports drop column archive;

-- stale: something in it was deleted since; it is made anew.
alter table exports add column state text not null default 'making'
  check (state in ('making', 'ready', 'stale', 'fetched', 'failed'));

alter table exports add column fetched_at timestamptz;

create index exports_by_state on exports (state);

-- What is deleted is deleted from a waiting copy too, in the same transaction.
create function void_copies_of_owner() returns trigger language plpgsql as $$ begin update exports set state = 'stale' where user_id = old.user_id and state in ('making', 'ready', 'stale'); delete from export_parts using exports where exports.id = export_id and exports.user_id = old.user_id and exports.state = 'stale'; return null; end $$;

create trigger analysis_leaves_copies after delete on analyses for each row execute function void_copies_of_owner();

create trigger reference_leaves_copies after delete on reference_tracks for each row execute function void_copies_of_owner();
