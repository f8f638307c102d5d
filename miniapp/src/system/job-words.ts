import type { JobStanding } from '../../../src/http/contract/system.ts'
import type { IconName } from '../parts/icon.tsx'

export interface JobState {
  is: 'well' | 'running' | 'failing' | 'stuck' | 'new'
  word: string
  icon: IconName
}

/** How a job stands, in one word. */
export function stateOf(job: JobStanding): JobState {
  if (job.isStuck) return { is: 'stuck', word: 'Stuck', icon: 'alert' }
  if (job.failingSince !== null) return { is: 'failing', word: 'Fails', icon: 'alert' }
  if (job.runningSince !== null) return { is: 'running', word: 'Running', icon: 'clock' }
  if (job.lastStartedAt === null) return { is: 'new', word: 'Not run yet', icon: 'more' }
  return { is: 'well', word: 'Works', icon: 'check' }
}

/** What is wrong stands first, the rest as in the shop's own table. */
export function problemsFirst(jobs: readonly JobStanding[]): JobStanding[] {
  const isWrong = (job: JobStanding) => job.isStuck || job.failingSince !== null
  return [...jobs.filter(isWrong), ...jobs.filter((job) => !isWrong(job))]
}
