import type { JobRow } from '../db/jobs.ts'

const MINUTE_MS = 60_000
/** A hiccup passes by itself: the owner hears of a job that failed so often in a row, for so long. */
const TOLD_AFTER_RUNS = 3
const TOLD_AFTER_MS = 5 * MINUTE_MS

/** How one run went; times in ms. */
export interface Ran {
  startedAt: number
  endedAt: number
  tookMs: number
  /** How much was done. */
  done: number
  error: string | null
}

/** How a job stands after one more run. Whether its trouble has been told is left for whoever tells it. */
export function standingAfter(name: string, before: JobRow | undefined, ran: Ran): JobRow {
  const failed = ran.error !== null
  return {
    name,
    started_at: ran.startedAt,
    ended_at: ran.endedAt,
    took_ms: ran.tookMs,
    succeeded_at: failed ? (before?.succeeded_at ?? null) : ran.endedAt,
    runs: (before?.runs ?? 0) + 1,
    failures: (before?.failures ?? 0) + (failed ? 1 : 0),
    failing_since: failed ? (before?.failing_since ?? ran.startedAt) : null,
    failing_runs: failed ? (before?.failing_runs ?? 0) + 1 : 0,
    told: before?.told ?? 0,
    last_error: ran.error ?? before?.last_error ?? null,
  }
}

/** What the owner is to hear now of a job: that it keeps failing, once, and afterwards that it works again, once. */
export function newsOf(job: JobRow): 'failing' | 'over' | undefined {
  if (job.failing_since === null) return job.told ? 'over' : undefined
  const isLasting = job.failing_runs >= TOLD_AFTER_RUNS && job.ended_at - job.failing_since >= TOLD_AFTER_MS
  return isLasting && !job.told ? 'failing' : undefined
}

/** Whether a run is worth a row of its own. The same failure over and over is, once a minute. */
export function isNoteworthy(
  before: JobRow | undefined,
  ran: Ran,
  lastFailureNotedAt: number | undefined,
): boolean {
  if (ran.error === null) return ran.done > 0
  const isRepeated = before?.failing_since != null && before.last_error === ran.error
  return !isRepeated || ran.endedAt - (lastFailureNotedAt ?? 0) >= MINUTE_MS
}
