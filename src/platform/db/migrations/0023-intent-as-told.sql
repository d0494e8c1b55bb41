-- What was said about the track as Claude is told it, with the names known when it was measured taken out.
alter table analyses add column told_intent jsonb;
