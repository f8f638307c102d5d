import { useEffect, useState } from 'preact/hooks'
import type { ReminderSettingsBody } from '../../../src/http/contract/settings.ts'
import { sentenceOf } from '../api/request.ts'
import { fetchReminders } from '../api/settings.ts'
import { Broken } from '../parts/notice.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { PageHead } from '../shell/page-head.tsx'
import { RemindersForm } from './reminders-form.tsx'

/** When staff are reminded of orders nobody accepts, and told of low stock. */
export function RemindersPage() {
  const [settings, setSettings] = useState<ReminderSettingsBody>()
  const [problem, setProblem] = useState<string>()

  async function load(): Promise<void> {
    setProblem(undefined)
    try {
      setSettings(await fetchReminders())
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }
  useEffect(() => void load(), [])

  if (settings) return <RemindersForm settings={settings} onSaved={setSettings} />
  return (
    <div class="page more-page">
      <PageHead title="Reminders" parent="/app/more" />
      {problem ? <Broken message={problem} onRetry={() => void load()} /> : <RowSkeletons count={4} />}
    </div>
  )
}
