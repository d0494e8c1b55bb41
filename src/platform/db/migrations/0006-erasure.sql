-- Customers whose account is gone: Stripe is told to forget them, again and again until it has.
create table stripe_customer_deletions (
  customer_id text primary key,
  due_at timestamptz not null
);
