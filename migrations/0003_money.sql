-- Money: what was asked for, what came in, what went back, and what the price of an order is made of.

create table tax_rates (
  id integer primary key,
  name text not null,
  -- Hundredths of a percent: 2100 is 21 %.
  basis_points integer not null check (basis_points between 0 and 10000),
  -- Whether prices have it in already, or it is put on top.
  included integer not null default 1 check (included in (0, 1)),
  -- The one that counts for delivery and for products that name none.
  usual integer not null default 0 check (usual in (0, 1)),
  active integer not null default 1 check (active in (0, 1))
) strict;
create unique index tax_rates_usual on tax_rates (usual) where usual = 1;

alter table products add column digital integer not null default 0 check (digital in (0, 1));
alter table products add column tax_rate_id integer references tax_rates (id);

create table discount_codes (
  id integer primary key,
  -- As people write it, in capitals.
  code text not null unique,
  kind text not null check (kind in ('percent', 'amount', 'free_delivery')),
  -- Hundredths of a percent, or minor units; 0 for free delivery.
  value integer not null check (value >= 0),
  starts_at integer,
  ends_at integer,
  minimum_minor integer not null default 0 check (minimum_minor >= 0),
  per_customer integer check (per_customer > 0),
  total_uses integer check (total_uses > 0),
  -- Orders that hold it; counted with them, so that two customers cannot both take the last one.
  used integer not null default 0 check (used >= 0 and (total_uses is null or used <= total_uses)),
  active integer not null default 1 check (active in (0, 1)),
  created_at integer not null
) strict;

alter table checkouts add column discount_code text;

create table payment_methods_now (
  kind text primary key check (kind in ('cash_on_delivery', 'bank_transfer', 'telegram', 'stars', 'btcpay')),
  instructions text not null default '',
  position integer not null default 0,
  active integer not null default 1 check (active in (0, 1))
) strict, without rowid;
insert into payment_methods_now select kind, instructions, position, active from payment_methods;
drop table payment_methods;
alter table payment_methods_now rename to payment_methods;
insert into payment_methods (kind, position, active) values ('telegram', 3, 0), ('stars', 4, 0), ('btcpay', 5, 0);

create table orders_now (
  id integer primary key autoincrement,
  person_id integer not null references people (id),
  checkout_key text not null unique,
  fulfilment text not null check (fulfilment in ('placed', 'accepted', 'packing', 'dispatched', 'delivered', 'cancelled')),
  -- Follows from the ledger (shop/payments/payment-state.ts).
  payment text not null check (payment in ('pending', 'failed', 'expired', 'due_on_delivery', 'paid', 'partly_refunded', 'refunded')),
  -- What a list shows it under: an order that cannot be accepted before money arrives is not "placed" for the shop.
  stage text not null generated always as (
    case when fulfilment = 'placed' and payment in ('pending', 'failed', 'expired') then 'unpaid' else fulfilment end
  ) stored,
  version integer not null default 1,
  needs_review text,
  currency text not null,
  items_minor integer not null check (items_minor >= 0),
  discount_minor integer not null default 0 check (discount_minor between 0 and items_minor + delivery_minor),
  discount_code text,
  delivery_minor integer not null check (delivery_minor >= 0),
  -- All tax in the total, and the part of it that was put on top.
  tax_minor integer not null default 0 check (tax_minor >= 0),
  tax_added_minor integer not null default 0 check (tax_added_minor between 0 and tax_minor),
  total_minor integer not null check (total_minor = items_minor - discount_minor + delivery_minor + tax_added_minor),
  -- Sums over the ledger, written with it: what came in for the order, what went back, what the shop does without.
  charged_minor integer not null default 0 check (charged_minor >= 0),
  refunded_minor integer not null default 0 check (refunded_minor >= 0),
  waived_minor integer not null default 0 check (waived_minor >= 0),
  item_count integer not null check (item_count > 0),
  customer_name text not null,
  phone text,
  address text,
  note text,
  delivery_method text not null,
  payment_method text not null,
  tracking_number text,
  cancel_reason text,
  placed_at integer not null,
  updated_at integer not null,
  expires_at integer,
  undo_until integer,
  assigned_to integer references people (id),
  -- Since when a message of the customer waits for an answer.
  unanswered_since integer
) strict;
insert into orders_now (id, person_id, checkout_key, fulfilment, payment, version, needs_review, currency, items_minor,
  delivery_minor, total_minor, charged_minor, item_count, customer_name, phone, address, note, delivery_method, payment_method,
  tracking_number, cancel_reason, placed_at, updated_at, expires_at, undo_until, assigned_to, unanswered_since)
select id, person_id, checkout_key, fulfilment, payment, version, needs_review, currency, items_minor, delivery_minor,
  total_minor, case when payment = 'paid' then total_minor else 0 end, item_count, customer_name, phone, address, note,
  delivery_method, payment_method, tracking_number, cancel_reason, placed_at, updated_at, expires_at, undo_until,
  assigned_to, unanswered_since
from orders order by id;
delete from sqlite_sequence where name = 'orders_now';
insert into sqlite_sequence (name, seq) select 'orders_now', seq from sqlite_sequence where name = 'orders';
drop table orders;
alter table orders_now rename to orders;
create index orders_stage on orders (stage, id);
create index orders_person on orders (person_id, id);
create index orders_unanswered on orders (unanswered_since) where unanswered_since is not null;
create index orders_placed on orders (placed_at);
create index orders_marked on orders (id) where needs_review is not null;
create trigger order_counters_insert after insert on orders begin
  update order_counters set count = count + 1 where stage = new.stage;
end;
create trigger order_counters_update after update of fulfilment, payment on orders when old.stage <> new.stage begin
  update order_counters set count = count - 1 where stage = old.stage;
  update order_counters set count = count + 1 where stage = new.stage;
end;

-- The line's share of the order's discount.
alter table line_items add column discount_minor integer not null default 0 check (discount_minor >= 0);
-- Pieces that were put back on the shelf with a refund.
alter table line_items add column restocked integer not null default 0 check (restocked between 0 and quantity);

create table order_taxes (
  order_id integer not null references orders (id),
  name text not null,
  basis_points integer not null,
  included integer not null check (included in (0, 1)),
  net_minor integer not null,
  tax_minor integer not null,
  primary key (order_id, name, basis_points, included)
) strict, without rowid;

create table discount_uses (
  order_id integer primary key references orders (id),
  code_id integer not null references discount_codes (id),
  person_id integer not null references people (id),
  -- Given back: the order was cancelled or has expired.
  returned_at integer
) strict;
create index discount_uses_person on discount_uses (code_id, person_id) where returned_at is null;

-- Codes a person tried that do not exist, since the first of them: guessing is slowed.
create table discount_guesses (
  person_id integer primary key references people (id),
  since integer not null,
  wrong integer not null check (wrong > 0)
) strict;

-- What a customer was asked to pay, and by which way. One that is paid or over stays, for late money.
create table payment_requests (
  id integer primary key autoincrement,
  order_id integer not null references orders (id),
  provider text not null check (provider in ('telegram', 'stars', 'btcpay')),
  -- What the provider calls it: the payload of a Telegram invoice, the id of a BTCPay invoice. Null until it is made.
  reference text,
  -- What is asked for, in the provider's currency; order_minor is what that is worth in the order's.
  amount_minor integer not null check (amount_minor > 0),
  currency text not null,
  order_minor integer not null check (order_minor > 0),
  state text not null check (state in ('wanted', 'open', 'seen', 'paid', 'over', 'failed')),
  -- Where to pay.
  link text,
  expires_at integer not null,
  -- When the provider is asked next: to make it (wanted), or what became of it (open, seen, over). Null asks no more.
  check_at integer,
  attempts integer not null default 0,
  last_error text,
  created_at integer not null,
  updated_at integer not null,
  unique (provider, reference)
) strict;
create index payment_requests_order on payment_requests (order_id, id);
create index payment_requests_check on payment_requests (check_at) where check_at is not null;

-- The ledger: each charge and each refund, as it happened. Rows are added, never removed, and their money never changes.
create table ledger (
  id integer primary key autoincrement,
  kind text not null check (kind in ('charge', 'refund')),
  provider text not null check (provider in ('cash', 'transfer', 'telegram', 'stars', 'btcpay')),
  -- What the provider calls it. A charge that comes twice is the same charge.
  reference text not null,
  -- The charge a refund gives back.
  charge_id integer references ledger (id),
  -- The order it was meant for; null when nobody knows.
  order_id integer references orders (id),
  person_id integer references people (id),
  amount_minor integer not null check (amount_minor > 0),
  currency text not null,
  -- What it is worth in the order's currency.
  order_minor integer not null check (order_minor >= 0),
  -- Charges: received (stored, not looked at yet), applied, open (a person must decide), kept (the shop's, without an
  -- order's claim), returned (given back whole without having counted), void (entered by mistake).
  -- Refunds: wanted (to be asked for at the provider), by_hand (somebody of the shop must pay it), offered (the customer
  -- must claim it), done, failed (nothing moved), void (called off).
  state text not null check (
    case kind when 'charge' then state in ('received', 'applied', 'open', 'kept', 'returned', 'void')
    else state in ('wanted', 'by_hand', 'offered', 'done', 'failed', 'void') end
  ),
  -- Why a person must decide: about a charge, or a refund that failed. Null once somebody has.
  trouble text,
  -- Where the customer claims a refund.
  link text,
  -- Why, in the words of the person who refunds.
  reason text,
  -- What the provider said, as it said it.
  raw text not null,
  at integer not null,
  stored_at integer not null,
  updated_at integer not null,
  -- Refunds: when the provider is asked next, and how often it was.
  check_at integer,
  attempts integer not null default 0,
  check ((kind = 'refund') = (charge_id is not null)),
  unique (kind, provider, reference)
) strict;
create index ledger_order on ledger (order_id, id);
create index ledger_charge on ledger (charge_id) where charge_id is not null;
create index ledger_day on ledger (at);
create index ledger_given_back on ledger (updated_at) where kind = 'refund' and state = 'done';
create index ledger_received on ledger (id) where state = 'received';
create index ledger_open on ledger (id) where trouble is not null or state = 'by_hand';
create index ledger_under_way on ledger (id) where state in ('wanted', 'offered');
create index ledger_check on ledger (check_at) where check_at is not null;
create trigger ledger_stays before delete on ledger begin
  select raise(abort, 'the ledger is only added to');
end;
create trigger ledger_money_stays before update of kind, provider, amount_minor, currency, charge_id, at, stored_at on ledger begin
  select raise(abort, 'the money of the ledger never changes');
end;

-- Receipts of bank transfers that customers sent.
create table payment_proofs (
  id integer primary key autoincrement,
  order_id integer not null references orders (id),
  -- Below DATA_DIR/proofs.
  file text not null,
  kind text not null check (kind in ('photo', 'pdf')),
  -- What Telegram calls it wherever it is sent: the same receipt twice is noticed.
  unique_id text not null,
  words text,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected')),
  charge_id integer references ledger (id),
  reason text,
  decided_by integer references people (id),
  sent_at integer not null,
  decided_at integer
) strict;
create index payment_proofs_order on payment_proofs (order_id, id);
create index payment_proofs_unique on payment_proofs (unique_id);
create index payment_proofs_waiting on payment_proofs (id) where state = 'waiting';

-- What payment providers told us, as they told it, stored before it is answered.
create table provider_messages (
  id integer primary key autoincrement,
  provider text not null check (provider in ('btcpay')),
  -- The same message again is the same row.
  key text not null,
  body text not null,
  received_at integer not null,
  done_at integer,
  attempts integer not null default 0,
  check_at integer,
  last_error text,
  unique (provider, key)
) strict;
create index provider_messages_due on provider_messages (check_at) where done_at is null;

-- The daily look at the books, and what it found.
create table book_checks (
  id integer primary key autoincrement,
  -- One a day ("2026-11-22"), and one for each press of the button.
  key text not null unique,
  started_at integer not null,
  finished_at integer,
  -- How many rows were compared, by source, and what could not be asked, as JSON.
  figures text not null default '{}'
) strict;
create table book_differences (
  id integer primary key autoincrement,
  -- The same difference found again is the same row.
  key text not null unique,
  kind text not null,
  order_id integer references orders (id),
  ledger_id integer references ledger (id),
  provider text,
  words text not null,
  found_at integer not null,
  seen_at integer not null,
  -- No longer found, or looked at by a person who says that it is fine.
  gone_at integer,
  settled_by integer references people (id)
) strict;
create index book_differences_open on book_differences (id) where gone_at is null;

-- Orders that were paid before there was a ledger.
insert into ledger (kind, provider, reference, order_id, person_id, amount_minor, currency, order_minor, state, raw, at, stored_at, updated_at)
select 'charge', case payment_method when 'bank_transfer' then 'transfer' else 'cash' end, 'before-the-ledger:' || id, id, person_id,
  total_minor, currency, total_minor, 'applied', '{}', updated_at, unixepoch() * 1000, unixepoch() * 1000
from orders where payment = 'paid' and total_minor > 0;
