-- Somebody else may register the same unconfirmed address: each letter confirms the password it was written for.
alter table letters add column password_hash text;

alter table letters add column display_name text;

alter table email_tokens add column password_hash text;

alter table email_tokens add column display_name text;
