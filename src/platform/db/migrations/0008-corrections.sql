-- What the user knows better than it was heard: tempo, beats per bar, key. The measured report stays as it is.
alter table analyses add column correction jsonb;
