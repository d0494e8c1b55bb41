-- What is known while a track is still being measured: shown so far, never the result, gone when the analysis ends.
alter table analyses add column partial jsonb;
