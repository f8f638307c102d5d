import { useEffect, useState } from 'preact/hooks'
import type { ShownSettings } from '../../../src/http/contract/settings.ts'
import { sentenceOf } from '../api/request.ts'
import { fetchSettings } from '../api/settings.ts'
import { Broken } from '../parts/notice.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { PageHead } from '../shell/page-head.tsx'
import { SettingsForm } from './settings-form.tsx'

/** What the owner sets without the operator. */
export function SettingsPage() {
  const [settings, setSettings] = useState<ShownSettings>()
  const [problem, setProblem] = useState<string>()

  async function load(): Promise<void> {
    setProblem(undefined)
    try {
      setSettings(await fetchSettings())
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }
  useEffect(() => void load(), [])

  if (settings) return <SettingsForm settings={settings} onSaved={setSettings} />
  return (
    <div class="page more-page">
      <PageHead title="Shop settings" parent="/app/more" />
      {problem ? <Broken message={problem} onRetry={() => void load()} /> : <RowSkeletons count={5} />}
    </div>
  )
}
