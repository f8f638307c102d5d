-- Notices reach people by Telegram, by web push on each of their devices, and by mail; groups can be told, too.

alter table people add column email text;

-- How a member of staff wants to be told. Quiet hours are minutes since midnight in their own time zone.
alter table staff add column timezone text;
alter table staff add column quiet_from integer check (quiet_from between 0 and 1439);
alter table staff add column quiet_to integer check (quiet_to between 0 and 1439);
alter table staff add column urgent_anyway integer not null default 0 check (urgent_anyway in (0, 1));
alter table staff add column daily_summary integer not null default 0 check (daily_summary in (0, 1));

-- Where a person's choice differs from the table of defaults (shop/notifications/topics.ts).
create table notice_choices (
  person_id integer not null references people (id),
  topic text not null,
  channel text not null check (channel in ('telegram', 'push')),
  wanted integer not null check (wanted in (0, 1)),
  primary key (person_id, topic, channel)
) strict, without rowid;

alter table orders add column assigned_to integer references people (id);
-- Since when a message of the customer waits for an answer.
alter table orders add column unanswered_since integer;
create index orders_unanswered on orders (unanswered_since) where unanswered_since is not null;
create index orders_placed on orders (placed_at);

-- A session of the installed panel (a cookie) lives longer than one inside Telegram (a bearer token).
alter table sessions add column kind text not null default 'telegram' check (kind in ('telegram', 'browser'));

-- Signing in outside Telegram: the browser shows a number, the person picks it in the chat.
create table sign_ins (
  id integer primary key,
  link_hash text not null unique,
  browser_hash text not null unique,
  number integer not null,
  user_agent text not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused', 'used')),
  person_id integer references people (id),
  created_at integer not null,
  expires_at integer not null
) strict;
create index sign_ins_expiry on sign_ins (expires_at);

create table invitations (
  link_hash text primary key,
  role text not null check (role in ('owner', 'manager', 'packer')),
  invited_by integer not null references people (id),
  created_at integer not null,
  expires_at integer not null,
  accepted_by integer references people (id)
) strict, without rowid;

-- Browsers that get web push. One that has ended keeps its name, for the proof of what it was sent, and loses its keys.
create table devices (
  id integer primary key autoincrement,
  person_id integer not null references people (id),
  session_hash text,
  name text not null,
  endpoint text unique,
  p256dh text not null,
  auth text not null,
  vapid_key text not null,
  created_at integer not null,
  seen_at integer not null,
  delivered_at integer,
  ended_at integer,
  end_reason text,
  check ((endpoint is null) = (ended_at is not null))
) strict;
create index devices_person on devices (person_id) where ended_at is null;
create index devices_session on devices (session_hash) where ended_at is null;

-- Groups of staff, or one topic of a group (thread_id; 0 is the group itself), that are told of orders.
create table staff_groups (
  id integer primary key autoincrement,
  chat_id integer not null,
  thread_id integer not null default 0,
  title text not null,
  added_by integer not null references people (id),
  added_at integer not null,
  ended_at integer,
  end_reason text,
  unique (chat_id, thread_id)
) strict;

-- Orders that nobody has accepted yet, and when somebody is reminded next.
create table escalations (
  order_id integer primary key references orders (id),
  waiting_since integer not null,
  steps_done integer not null default 0,
  due_at integer not null,
  snoozed_until integer
) strict;
create index escalations_due on escalations (due_at);
insert into escalations (order_id, waiting_since, due_at)
select id, unixepoch() * 1000, unixepoch() * 1000 + 120000 from orders where stage = 'placed';

create table notices_now (
  id integer primary key autoincrement,
  event_id integer not null references events (id),
  order_id integer references orders (id),
  channel text not null check (channel in ('telegram', 'push', 'mail')),
  kind text not null,
  -- Whose turn it is: 'telegram:12' and 'mail:12' are person 12, 'device:3' and 'group:4' a row of those tables.
  recipient text not null,
  person_id integer references people (id),
  device_id integer references devices (id),
  group_id integer references staff_groups (id),
  -- A card is edited in place as its order changes; any other notice is sent once.
  card integer not null default 0 check (card in (0, 1)),
  silent integer not null default 0 check (silent in (0, 1)),
  lane integer not null default 0,
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'dead', 'undone', 'dropped')),
  -- When it was to leave at first; due_at moves with every pause.
  planned_at integer not null,
  due_at integer not null,
  attempts integer not null default 0,
  revision integer not null default 1,
  lease text,
  last_error text,
  message_id integer,
  created_at integer not null,
  sent_at integer,
  shown_at integer,
  opened_at integer,
  updated_at integer not null,
  unique (event_id, kind, recipient),
  check ((person_id is null) = (group_id is not null))
) strict;
insert into notices_now (id, event_id, order_id, channel, kind, recipient, person_id, card, lane, state, planned_at, due_at,
  attempts, revision, lease, last_error, message_id, created_at, sent_at, updated_at)
select id, event_id, order_id, channel, case kind when 'staff_cancelled' then 'staff_order_cancelled' else kind end, channel || ':' || person_id, person_id, card, lane, state, created_at, due_at,
  attempts, revision, lease, last_error, message_id, created_at, sent_at, updated_at
from notices order by id;
drop table notices;
alter table notices_now rename to notices;
create index notices_due on notices (channel, lane, due_at, id) where state = 'waiting';
create index notices_recipient on notices (recipient, due_at) where state = 'waiting';
create index notices_order on notices (order_id, id);
create index notices_message on notices (recipient, message_id) where group_id is not null;
create index notices_sending on notices (recipient) where state = 'sending';
create index notices_dead on notices (id) where state = 'dead';
create index notices_dead_of_person on notices (person_id, id) where state = 'dead';

-- Every try, with what the channel answered.
create table notice_attempts (
  id integer primary key,
  notice_id integer not null references notices (id),
  at integer not null,
  took_ms integer not null,
  outcome text not null check (outcome in ('sent', 'wait', 'retry', 'final')),
  answer text not null
) strict;
create index notice_attempts_notice on notice_attempts (notice_id, id);
create index notice_attempts_failed on notice_attempts (id) where outcome <> 'sent';

-- Counted as notices end, in the same transaction: by hour, channel, outcome and (for sent ones) how long it took.
create table notice_tallies (
  hour integer not null,
  channel text not null,
  outcome text not null check (outcome in ('sent', 'dead', 'unreachable')),
  -- Delay d ms lies in bucket round(8 · log2(1 + d)): neighbours differ by 9 %.
  bucket integer not null,
  count integer not null,
  primary key (hour, channel, outcome, bucket)
) strict, without rowid;
