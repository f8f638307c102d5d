import { useState } from 'preact/hooks'
import type { SystemReport } from '../../../src/http/contract/system.ts'
import { BackupsCard } from '../backups/backups-card.tsx'
import { Broken } from '../parts/notice.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { me } from '../session/shop.ts'
import { PageHead } from '../shell/page-head.tsx'
import { JobSheet } from './job-sheet.tsx'
import { JobsCard } from './jobs-card.tsx'
import { MachineCard } from './machine-card.tsx'
import { Problems } from './problems-list.tsx'
import { TargetCard } from './target-card.tsx'
import { useSystem } from './use-system.ts'
import './system.css'

/** Whether everything works: what is wrong first, then what is promised, the jobs and the machine. */
export function SystemPage() {
  const { report, problem, load, show } = useSystem()
  return (
    <div class="page">
      <PageHead title="System" parent="/app/more" />
      {report ? (
        <Report report={report} lost={problem} onChanged={show} />
      ) : problem ? (
        <Broken message={problem} onRetry={() => void load()} />
      ) : (
        <RowSkeletons count={6} />
      )}
    </div>
  )
}

interface ReportProps {
  report: SystemReport
  /** Why the newest report could not be had. */
  lost: string | undefined
  onChanged: (report: SystemReport) => void
}

function Report({ report, lost, onChanged }: ReportProps) {
  const [open, setOpen] = useState<string>()
  const job = report.jobs.find(({ name }) => name === open)
  return (
    <>
      <Problems report={report} lost={lost} />
      <section class="section">
        <h2>What is promised</h2>
        <div class="target-cards">
          {report.targets.map((target) => (
            <TargetCard key={target.name} target={target} />
          ))}
        </div>
      </section>
      <div class="system-columns">
        <JobsCard jobs={report.jobs} onOpen={setOpen} />
        <div class="system-column">
          {me().role === 'owner' && <BackupsCard />}
          <MachineCard report={report} />
        </div>
      </div>
      {job && <JobSheet job={job} onChanged={onChanged} onClose={() => setOpen(undefined)} />}
    </>
  )
}
