import type { JobStanding } from '../../../src/http/contract/system.ts'
import { duration } from '../notices/moments.ts'
import { sentence } from '../order/fate-reasons.ts'
import { Icon } from '../parts/icon.tsx'
import { timezone } from '../session/shop.ts'
import { agoTime, timeLeft } from '../time/relative-time.ts'
import { everySecond } from '../time/shop-clock.ts'
import { problemsFirst, stateOf } from './job-words.ts'

interface JobsCardProps {
  jobs: JobStanding[]
  onOpen: (name: string) => void
}

/** The background work: what ran when, and what fails. */
export function JobsCard({ jobs, onOpen }: JobsCardProps) {
  return (
    <section class="section">
      <h2>Background work</h2>
      <ul class="card">
        {problemsFirst(jobs).map((job) => (
          <JobLine key={job.name} job={job} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  )
}

function JobLine({ job, onOpen }: { job: JobStanding; onOpen: (name: string) => void }) {
  const { is, icon } = stateOf(job)
  return (
    <li class={`job-line job-${is}`} data-job={job.name} data-state={is}>
      <button type="button" class="line job-open" onClick={() => onOpen(job.name)}>
        <Icon name={icon} />
        <span class="line-words">
          <span class="wrap">{job.does}</span>
          {is === 'failing' && <span class="small job-error wrap">{sentence(job.lastError ?? '')}</span>}
          <span class="small hint job-times">
            {timesOf(job).map((words) => (
              <span key={words}>{words}</span>
            ))}
          </span>
        </span>
        <Icon name="next" />
      </button>
    </li>
  )
}

/** "2 min ago, took 14 ms", "next in 8 s". */
function timesOf({ lastStartedAt, tookMs, nextAt, runningSince }: JobStanding): string[] {
  const now = everySecond()
  if (runningSince !== null) return [`Running for ${duration(now - runningSince)}`]
  const next = nextAt <= now ? 'next now' : `next in ${timeLeft(nextAt, now)}`
  if (lastStartedAt === null) return ['Not run yet', next]
  return [`Ran ${agoTime(lastStartedAt, now, timezone())}, took ${duration(tookMs ?? 0)}`, next]
}
