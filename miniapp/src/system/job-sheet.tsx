import { useEffect, useState } from 'preact/hooks'
import type { JobRun, JobStanding, SystemReport } from '../../../src/http/contract/system.ts'
import { sentenceOf } from '../api/request.ts'
import { fetchJobRuns, runJob } from '../api/system.ts'
import { duration, preciseTime } from '../notices/moments.ts'
import { sentence } from '../order/fate-reasons.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Broken } from '../parts/notice.tsx'
import { Sheet } from '../parts/sheet.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { say } from '../parts/snack.ts'
import { me, timezone } from '../session/shop.ts'
import { haptic } from '../telegram/telegram.ts'
import { everyMinute } from '../time/shop-clock.ts'
import { stateOf } from './job-words.ts'

interface JobSheetProps {
  job: JobStanding
  onChanged: (report: SystemReport) => void
  onClose: () => void
}

/** One job: how it stands, its newest runs, and a button to run it now. */
export function JobSheet({ job, onChanged, onClose }: JobSheetProps) {
  const [busy, setBusy] = useState(false)
  async function run(): Promise<void> {
    setBusy(true)
    try {
      onChanged(await runJob(job.name))
      haptic('success')
    } catch (error) {
      haptic('error')
      say(sentenceOf(error))
    }
    setBusy(false)
  }
  return (
    <Sheet title={job.does} onClose={onClose}>
      <Standing job={job} />
      {me().role === 'owner' && (
        <Button icon="play" busy={busy || job.runningSince !== null} onPress={() => void run()}>
          Run it now
        </Button>
      )}
      <Runs job={job} />
    </Sheet>
  )
}

function Standing({ job }: { job: JobStanding }) {
  const { is, word, icon } = stateOf(job)
  const now = everyMinute()
  const moment = (at: number | null) => (at === null ? 'Never' : preciseTime(at, now, timezone()))
  const rows = [
    ['Last run', moment(job.lastStartedAt)],
    ...(is === 'failing' || is === 'stuck' ? [['Last worked', moment(job.succeededAt)]] : []),
    ['Took', job.tookMs === null ? '–' : duration(job.tookMs)],
    ['Next run', moment(job.nextAt)],
    ['Runs so far', job.runs.toLocaleString('en')],
    ['Of those failed', job.failures.toLocaleString('en')],
  ]
  return (
    <>
      <p class={`job-fate job-${is}`}>
        <Icon name={icon} />
        <span class="strong">{word}</span>
      </p>
      {job.lastError && <p class="job-error wrap">{sentence(job.lastError)}</p>}
      <dl class="system-facts">
        {rows.map(([name, value]) => (
          <div class="pair" key={name}>
            <dt class="hint">{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function Runs({ job }: { job: JobStanding }) {
  const [runs, setRuns] = useState<JobRun[]>()
  const [problem, setProblem] = useState<string>()
  async function load(): Promise<void> {
    setProblem(undefined)
    try {
      setRuns((await fetchJobRuns(job.name)).runs)
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }
  useEffect(() => void load(), [job.name, job.runs])

  if (!runs)
    return problem ? <Broken message={problem} onRetry={() => void load()} /> : <RowSkeletons count={2} />
  return (
    <section class="section job-runs">
      <h2>Newest runs</h2>
      {runs.length > 0 && (
        <ol>
          {runs.map((run) => (
            <Run key={run.id} run={run} />
          ))}
        </ol>
      )}
      <p class="small hint">
        {runs.length === 0 && 'None so far had anything to do. '}
        Runs that find nothing to do are only counted.
      </p>
    </section>
  )
}

function Run({ run: { at, tookMs, done, error, askedBy } }: { run: JobRun }) {
  return (
    <li class={`job-run job-${error === null ? 'well' : 'failing'}`}>
      <Icon name={error === null ? 'check' : 'alert'} size={16} />
      <div class="line-words">
        <p class="pair">
          <span>
            {error === null ? doneWords(done) : 'Failed'}
            {askedBy && <span class="small hint"> · asked by {askedBy}</span>}
          </span>
          <span class="small hint">
            {preciseTime(at, everyMinute(), timezone())}, {duration(tookMs)}
          </span>
        </p>
        {error !== null && <p class="small job-error wrap">{sentence(error)}</p>}
      </div>
    </li>
  )
}

function doneWords(done: number): string {
  return done === 0 ? 'Nothing was due' : `${done.toLocaleString('en')} done`
}
