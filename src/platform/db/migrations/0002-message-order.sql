-- Two messages may bear the same time, and clocks step back: the order of a conversation is its own column.
alter table messages add column position bigint generated always as identity;

drop index messages_by_analysis;

create index messages_by_analysis on messages (analysis_id, position);
