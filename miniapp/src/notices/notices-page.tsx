import { useState } from 'preact/hooks'
import type { Period } from '../../../src/http/contract/notice.ts'
import { Broken } from '../parts/notice.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { PageHead } from '../shell/page-head.tsx'
import { ChannelCard } from './channel-card.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { DelayPlot } from './delay-plot.tsx'
import { DeliveryPlot } from './delivery-plot.tsx'
import { Failures } from './failures.tsx'
import { NoticeSheet } from './notice-sheet.tsx'
import { type Proof, period, useProof } from './overview.ts'
import { Outages, Troubles } from './troubles.tsx'
import './notices-page.css'

const PERIODS: Record<Period, string> = { day: '24 hours', week: '7 days', month: '30 days' }

/** Whether messages arrive, how fast, and what to do about those that do not. */
export function NoticesPage() {
  const { proof, problem, load, showMore } = useProof()
  const [open, setOpen] = useState<number>()
  return (
    <div class="page notices-page">
      <PageHead title="Notices" parent="/app/more" />
      {proof ? (
        <Numbers proof={proof} onOpen={setOpen} onMore={showMore} onChanged={() => void load()} />
      ) : problem ? (
        <Broken message={problem} onRetry={() => void load()} />
      ) : (
        <RowSkeletons count={5} />
      )}
      {open !== undefined && <NoticeSheet id={open} onClose={() => setOpen(undefined)} />}
    </div>
  )
}

interface NumbersProps {
  proof: Proof
  onOpen: (id: number) => void
  onMore: () => void
  onChanged: () => void
}

function Numbers({ proof: { overview, dead }, onOpen, onMore, onChanged }: NumbersProps) {
  return (
    <>
      <Troubles troubles={overview.troubles} />
      <Outages channels={overview.channels} troubles={overview.troubles} />
      <fieldset class="notices-periods" aria-label="Period">
        {(Object.keys(PERIODS) as Period[]).map((one) => (
          <button
            key={one}
            type="button"
            class="notices-period"
            aria-pressed={period.value === one}
            onClick={() => {
              period.value = one
            }}
          >
            {PERIODS[one]}
          </button>
        ))}
      </fieldset>
      <div class="channel-cards">
        {overview.channels.map((numbers) => (
          <ChannelCard key={numbers.channel} numbers={numbers} />
        ))}
      </div>
      <DeadLetters
        dead={dead}
        late={overview.channels.some(({ failingSince }) => failingSince !== null)}
        onOpen={onOpen}
        onMore={onMore}
        onChanged={onChanged}
      />
      <div class="plots">
        <DeliveryPlot overview={overview} />
        <DelayPlot overview={overview} />
      </div>
      <Failures failures={overview.failures} onOpen={onOpen} />
    </>
  )
}
