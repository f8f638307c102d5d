-- Money is in minor units (cents) of the shop's one currency; every *_at is milliseconds since 1970, UTC.

-- People: everybody who ever wrote to the bot. Staff are people with a row in `staff`.
create table people (
  id integer primary key,
  telegram_id integer not null unique,
  name text not null,
  username text,
  language text not null default 'en',
  phone text,
  address text,
  reach text not null default 'unknown' check (reach in ('unknown', 'ok', 'blocked', 'gone')),
  created_at integer not null,
  seen_at integer not null
) strict;

create virtual table people_search using fts5 (name, username, phone, content = 'people', content_rowid = 'id', prefix = '2 3');
create trigger people_search_insert after insert on people begin
  insert into people_search (rowid, name, username, phone) values (new.id, new.name, new.username, new.phone);
end;
create trigger people_search_update after update of name, username, phone on people begin
  insert into people_search (people_search, rowid, name, username, phone) values ('delete', old.id, old.name, old.username, old.phone);
  insert into people_search (rowid, name, username, phone) values (new.id, new.name, new.username, new.phone);
end;

create table staff (
  person_id integer primary key references people (id),
  role text not null check (role in ('owner', 'manager', 'packer')),
  active integer not null default 1 check (active in (0, 1)),
  added_at integer not null
) strict;

create table sessions (
  token_hash text primary key,
  person_id integer not null references people (id),
  user_agent text not null,
  created_at integer not null,
  expires_at integer not null,
  seen_at integer not null
) strict, without rowid;
create index sessions_person on sessions (person_id);
create index sessions_expiry on sessions (expires_at);

create table settings (
  key text primary key,
  value text not null
) strict, without rowid;

-- Catalogue
create table categories (
  id integer primary key,
  slug text not null unique,
  name text not null,
  position integer not null default 0
) strict;

create table products (
  id integer primary key,
  handle text not null unique,
  category_id integer references categories (id),
  title text not null,
  description text not null default '',
  option_names text not null default '[]',
  status text not null default 'active' check (status in ('active', 'draft', 'archived')),
  created_at integer not null,
  updated_at integer not null
) strict;
create index products_category on products (category_id, status, title);

create table variants (
  id integer primary key,
  product_id integer not null references products (id),
  sku text unique,
  title text not null default '',
  options text not null default '[]',
  price_minor integer not null check (price_minor >= 0),
  available integer not null default 0 check (available >= 0),
  reserved integer not null default 0 check (reserved >= 0),
  position integer not null default 0,
  active integer not null default 1 check (active in (0, 1))
) strict;
create index variants_product on variants (product_id, position);

create table product_images (
  id integer primary key,
  product_id integer not null references products (id),
  position integer not null default 0,
  -- A file below DATA_DIR/media, or a link that Telegram and the panel fetch themselves.
  file text,
  url text,
  telegram_file_id text,
  check ((file is null) <> (url is null))
) strict;
create unique index product_images_product on product_images (product_id, position);

create table delivery_methods (
  id integer primary key,
  name text not null,
  price_minor integer not null check (price_minor >= 0),
  needs_address integer not null check (needs_address in (0, 1)),
  position integer not null default 0,
  active integer not null default 1 check (active in (0, 1))
) strict;

create table payment_methods (
  kind text primary key check (kind in ('cash_on_delivery', 'bank_transfer')),
  instructions text not null default '',
  position integer not null default 0,
  active integer not null default 1 check (active in (0, 1))
) strict, without rowid;

-- Cart and checkout are rows, so that a restart in the middle loses nothing.
create table cart_lines (
  person_id integer not null references people (id),
  variant_id integer not null references variants (id),
  quantity integer not null check (quantity > 0),
  added_at integer not null,
  primary key (person_id, variant_id)
) strict, without rowid;

create table checkouts (
  person_id integer primary key references people (id),
  -- Carried over to the order, where it is unique: one checkout can place one order, however often it is confirmed.
  key text not null unique,
  delivery_method_id integer references delivery_methods (id),
  payment_method text,
  address text,
  phone text,
  note text,
  started_at integer not null
) strict;

-- Orders. The order number is the id.
create table orders (
  id integer primary key autoincrement,
  person_id integer not null references people (id),
  checkout_key text not null unique,
  fulfilment text not null check (fulfilment in ('placed', 'accepted', 'packing', 'dispatched', 'delivered', 'cancelled')),
  payment text not null check (payment in ('pending', 'failed', 'expired', 'due_on_delivery', 'paid', 'partly_refunded', 'refunded')),
  -- What a list shows it under: an order that cannot be accepted before money arrives is not "placed" for the shop.
  stage text not null generated always as (
    case when fulfilment = 'placed' and payment in ('pending', 'failed', 'expired') then 'unpaid' else fulfilment end
  ) stored,
  version integer not null default 1,
  needs_review text,
  currency text not null,
  items_minor integer not null check (items_minor >= 0),
  delivery_minor integer not null check (delivery_minor >= 0),
  total_minor integer not null check (total_minor = items_minor + delivery_minor),
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
  undo_until integer
) strict;
create index orders_stage on orders (stage, id);
create index orders_person on orders (person_id, id);

create table line_items (
  id integer primary key,
  order_id integer not null references orders (id),
  variant_id integer not null references variants (id),
  title text not null,
  variant_title text not null,
  sku text,
  unit_price_minor integer not null check (unit_price_minor >= 0),
  quantity integer not null check (quantity > 0),
  total_minor integer not null check (total_minor = unit_price_minor * quantity)
) strict;
create index line_items_order on line_items (order_id);

-- Counted as orders move, in the same transaction; never counted over the table.
create table order_counters (
  stage text primary key,
  count integer not null check (count >= 0)
) strict, without rowid;
insert into order_counters (stage, count)
values ('unpaid', 0), ('placed', 0), ('accepted', 0), ('packing', 0), ('dispatched', 0), ('delivered', 0), ('cancelled', 0);
create trigger order_counters_insert after insert on orders begin
  update order_counters set count = count + 1 where stage = new.stage;
end;
create trigger order_counters_update after update of fulfilment, payment on orders when old.stage <> new.stage begin
  update order_counters set count = count - 1 where stage = old.stage;
  update order_counters set count = count + 1 where stage = new.stage;
end;

-- The order's timeline, the audit log and the live stream are these rows.
create table events (
  id integer primary key autoincrement,
  order_id integer references orders (id),
  type text not null,
  at integer not null,
  actor_kind text not null check (actor_kind in ('customer', 'staff', 'system')),
  actor_id integer references people (id),
  actor_name text not null,
  source text not null check (source in ('chat', 'panel', 'job')),
  from_fulfilment text,
  from_payment text,
  data text not null default '{}',
  -- The caller's idempotency key: a command that comes twice is applied once.
  request_key text unique
) strict;
create index events_order on events (order_id, id);

-- The outbox: one row for each person, channel and event, written in the event's own transaction.
create table notices (
  id integer primary key autoincrement,
  event_id integer not null references events (id),
  order_id integer references orders (id),
  person_id integer not null references people (id),
  channel text not null check (channel in ('telegram', 'push', 'mail')),
  kind text not null,
  -- A card is edited in place as its order changes; any other notice is sent once.
  card integer not null default 0 check (card in (0, 1)),
  lane integer not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'dead', 'undone')),
  due_at integer not null,
  attempts integer not null default 0,
  revision integer not null default 1,
  lease text,
  last_error text,
  message_id integer,
  created_at integer not null,
  sent_at integer,
  updated_at integer not null,
  unique (event_id, kind, channel, person_id)
) strict;
create index notices_due on notices (lane, due_at, id) where state = 'waiting';
create index notices_recipient on notices (person_id, due_at) where state = 'waiting';
create index notices_order on notices (order_id, id);
create index notices_sending on notices (id) where state = 'sending';
create index notices_dead on notices (person_id, id) where state = 'dead';

create table reviews (
  order_id integer primary key references orders (id),
  person_id integer not null references people (id),
  rating integer not null check (rating between 1 and 5),
  words text,
  created_at integer not null
) strict;

-- What Telegram told us, stored before it is confirmed. `applied` marks that the effect is committed.
create table updates (
  update_id integer primary key,
  payload text not null,
  received_at integer not null,
  applied integer not null default 0 check (applied in (0, 1)),
  done_at integer,
  attempts integer not null default 0,
  last_error text
) strict;
create index updates_pending on updates (update_id) where done_at is null;
create index updates_done on updates (done_at) where done_at is not null;

create table conversations (
  key text primary key,
  value text not null,
  updated_at integer not null
) strict, without rowid;

-- The one message in a person's chat that is edited as they walk through the shop.
create table chat_screens (
  person_id integer primary key references people (id),
  message_id integer not null,
  has_photo integer not null check (has_photo in (0, 1)),
  shown_at integer not null
) strict;

-- Order numbers start where they look like a shop's, not like an experiment.
insert into sqlite_sequence (name, seq) values ('orders', 1000);

insert into delivery_methods (name, price_minor, needs_address, position) values ('Pickup at the shop', 0, 0, 1), ('Local delivery', 0, 1, 2);
insert into payment_methods (kind, position, active) values ('cash_on_delivery', 1, 1), ('bank_transfer', 2, 0);
