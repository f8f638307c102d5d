import { sql as raw, type Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

/** How a job stands after its last run. */
export type JobRow = Selectable<Tables['jobs']>
export type JobRunRow = Selectable<Tables['job_runs']> & { asked_by_name: string | null }
export type NewJobRun = Omit<Selectable<Tables['job_runs']>, 'id'>

const RUN_COLUMNS = ['job', 'period', 'started_at', 'took_ms', 'done', 'error', 'asked_by'] as const

const all = statement()(() => sql.selectFrom('jobs').selectAll())

const put = statement<JobRow>()((p) => {
  const { name, ...standing } = {
    name: p.name,
    started_at: p.started_at,
    ended_at: p.ended_at,
    took_ms: p.took_ms,
    succeeded_at: p.succeeded_at,
    runs: p.runs,
    failures: p.failures,
    failing_since: p.failing_since,
    failing_runs: p.failing_runs,
    told: p.told,
    last_error: p.last_error,
  }
  return sql
    .insertInto('jobs')
    .values({ name, ...standing })
    .onConflict((oc) => oc.column('name').doUpdateSet(standing))
})

const insertRun = statement<NewJobRun>()((p) =>
  sql.insertInto('job_runs').values({
    job: p.job,
    period: p.period,
    started_at: p.started_at,
    took_ms: p.took_ms,
    done: p.done,
    error: p.error,
    asked_by: p.asked_by,
  }),
)

// Those of a day are counted by themselves: no crowd of others may push out the proof that a day was done.
const trim = statement<{ job: string; isOfDay: number; keep: number }>()((p) => {
  const alike = raw<boolean>`(period is not null) = ${p.isOfDay}`
  return sql
    .deleteFrom('job_runs')
    .where('job', '=', p.job)
    .where(alike)
    .where(
      'id',
      '<=',
      sql
        .selectFrom('job_runs')
        .select('id')
        .where('job', '=', p.job)
        .where(alike)
        .orderBy('id', 'desc')
        .limit(1)
        .offset(p.keep),
    )
})

const ofPeriod = statement<{ job: string; period: string }>()((p) =>
  sql.selectFrom('job_runs').select('id').where('job', '=', p.job).where('period', '=', p.period),
)

const newestOf = statement<{ job: string; limit: number }>()((p) =>
  sql
    .selectFrom('job_runs')
    .leftJoin('people', 'people.id', 'job_runs.asked_by')
    .select(['job_runs.id', ...RUN_COLUMNS, 'people.name as asked_by_name'])
    .where('job', '=', p.job)
    .orderBy('job_runs.id', 'desc')
    .limit(p.limit),
)

export function listJobs(db: Reader): JobRow[] {
  return db.all(all({}))
}

export function saveJob(tx: Tx, job: JobRow): void {
  tx.run(put(job))
}

/** Adds a run, and forgets the oldest beyond `keep` of its kind. */
export function addJobRun(tx: Tx, run: NewJobRun, keep: number): void {
  tx.run(insertRun(run))
  tx.run(trim({ job: run.job, isOfDay: run.period === null ? 0 : 1, keep }))
}

/** Whether the job was done for this period. */
export function isPeriodDone(db: Reader, of: { job: string; period: string }): boolean {
  return db.first(ofPeriod(of)) !== undefined
}

/** A job's runs that did something or failed, newest first. */
export function listJobRuns(db: Reader, of: { job: string; limit: number }): JobRunRow[] {
  return db.all(newestOf(of))
}
