-- A verdict holds for a finding as severe as it was, and not for a worse one; what was said about a version itself stays
-- whatever is said about an earlier one.
alter table finding_verdicts
  add column severity text not null default 'severe' check (severity in ('minor', 'moderate', 'severe')),
  add column is_inherited boolean not null default false;
alter table finding_verdicts alter column severity drop default;
