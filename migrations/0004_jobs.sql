-- Background work: how each job stands, and its runs that did something, failed, or were for a day.

create table jobs (
  name text primary key,
  started_at integer not null,
  ended_at integer not null,
  took_ms integer not null,
  succeeded_at integer,
  runs integer not null,
  failures integer not null,
  -- Of the failures in a row that are the newest runs: when the first of them was, how many, and whether the owner was told.
  failing_since integer,
  failing_runs integer not null,
  told integer not null check (told in (0, 1)),
  last_error text
) strict, without rowid;

create table job_runs (
  id integer primary key autoincrement,
  job text not null,
  -- The day it was for ("2026-11-29"), of jobs that are done once a day.
  period text,
  started_at integer not null,
  took_ms integer not null,
  done integer not null check (done >= 0),
  error text,
  -- Who had it run, when somebody did.
  asked_by integer references people (id)
) strict;
create index job_runs_job on job_runs (job, id);
create unique index job_runs_period on job_runs (job, period) where period is not null;

-- Steps by which the shop's promises are measured, so that a week of them is found without reading all events.
create index events_promised on events (type, at) where type in ('accepted', 'dispatched');

create index conversations_age on conversations (updated_at);
create index payment_proofs_file on payment_proofs (file);
create index product_images_file on product_images (file) where file is not null;
