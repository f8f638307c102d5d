import { useEffect, useState } from 'preact/hooks'
import { sentenceOf } from '../api/request.ts'
import { Broken } from '../parts/notice.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { PageHead } from '../shell/page-head.tsx'
import { alerts, loadAlerts } from './alerts.ts'
import { DevicesCard } from './devices-card.tsx'
import { MailCard } from './mail-card.tsx'
import { lookAtBrowser } from './push.ts'
import { PushCard } from './push-card.tsx'
import { QuietCard } from './quiet-card.tsx'
import { TestCard } from './test-card.tsx'
import { TopicsCard } from './topics-card.tsx'
import './alerts-page.css'

/** How one is told of things: on this device, on which others, of what, when, and whether it works. */
export function AlertsPage() {
  const [problem, setProblem] = useState<string>()

  async function load(): Promise<void> {
    setProblem(undefined)
    try {
      await Promise.all([loadAlerts(), lookAtBrowser()])
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }
  useEffect(() => void load(), [])

  const now = alerts.value
  return (
    <div class="page more-page alerts-page">
      <PageHead title="Alerts" parent="/app/more" />
      {now ? (
        <>
          <PushCard />
          <DevicesCard devices={now.devices} />
          <TestCard alerts={now} />
          <TopicsCard topics={now.topics} push={now.push !== null} />
          <QuietCard alerts={now} />
          {now.mail && <MailCard email={now.email} dailySummary={now.dailySummary} />}
        </>
      ) : problem ? (
        <Broken message={problem} onRetry={() => void load()} />
      ) : (
        <RowSkeletons count={6} />
      )}
    </div>
  )
}
