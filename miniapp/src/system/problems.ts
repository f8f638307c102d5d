import type { JobStanding, SystemReport } from '../../../src/http/contract/system.ts'
import { sentence } from '../order/fate-reasons.ts'
import { bytes } from '../parts/bytes.ts'
import { amountWords, limitWords, TARGETS } from './target-words.ts'

export interface Problem {
  key: string
  title: string
  /** What it means, and what to do. */
  words: string
  /** Since when, ms since 1970, where that is known. */
  since: number | null
}

const MB = 1_000_000
/** Beside room for a backup, which takes the database and its log twice. */
const LEAST_FREE_BYTES = 200 * MB
/** The log is brought into the file each second; one that grows is held by somebody. */
const MOST_LOG_BYTES = 100 * MB

/** What is wrong, what stops the shop first. */
export function problemsOf(report: SystemReport): Problem[] {
  return [
    ...roomProblems(report),
    ...backupProblem(report),
    ...report.jobs.flatMap((job) => jobProblem(job)),
    ...report.targets.flatMap((target) =>
      target.isMet === false && target.value !== null
        ? [
            {
              key: `target-${target.name}`,
              title: `${TARGETS[target.name].title}: ${amountWords(target, target.value)}, promised ${limitWords(target)}`,
              words: TARGETS[target.name].redress,
              since: null,
            },
          ]
        : [],
    ),
  ]
}

function roomProblems({ disk, database }: SystemReport): Problem[] {
  const problems: Problem[] = []
  if (disk.freeBytes < LEAST_FREE_BYTES + 2 * (database.bytes + database.walBytes)) {
    const words = `${bytes(disk.freeBytes)} of ${bytes(disk.totalBytes)} are free. When there is none, the shop takes no orders: make the volume larger, or remove what is not the shop's.`
    problems.push({ key: 'disk', title: 'The disk is almost full', words, since: null })
  }
  if (database.walBytes > MOST_LOG_BYTES) {
    const words = `It has ${bytes(database.walBytes)}. Another program holds the file open: end it, or start the shop again.`
    problems.push({ key: 'log', title: "The database's log keeps growing", words, since: null })
  }
  return problems
}

function backupProblem({ backupFailure }: SystemReport): Problem[] {
  if (!backupFailure) return []
  const words = `${sentence(backupFailure.words)}. It is tried again every ten minutes, by itself.`
  return [{ key: 'backups', title: 'Backups fail', words, since: backupFailure.since }]
}

function jobProblem({ name, does, isStuck, runningSince, failingSince, lastError }: JobStanding): Problem[] {
  if (isStuck) {
    const words =
      'It has taken far longer than it should. Starting the shop again ends it, and loses nothing.'
    return [{ key: `job-${name}`, title: `“${does}” is stuck`, words, since: runningSince }]
  }
  if (failingSince === null) return []
  const words = `${sentence(lastError ?? '')}. It is tried again by itself; the log says more.`
  return [{ key: `job-${name}`, title: `“${does}” fails`, words, since: failingSince }]
}
