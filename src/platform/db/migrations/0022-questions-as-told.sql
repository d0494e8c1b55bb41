-- A question as Claude was told it, with the names known when it was asked taken out: a name that is forgotten later
-- must not travel with an old question.
alter table messages add column told_text text;
