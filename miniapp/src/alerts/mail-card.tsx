import { useState } from 'preact/hooks'
import type { Alerts } from '../../../src/http/contract/alerts.ts'
import { sentenceOf } from '../api/request.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { Switch } from '../parts/switch.tsx'
import { me } from '../session/shop.ts'
import { changeAlerts } from './alerts.ts'
import { save } from './save.ts'
import './mail-card.css'

/** The address for mails, and the owner's summary of each day. */
export function MailCard({ email, dailySummary }: Pick<Alerts, 'email' | 'dailySummary'>) {
  return (
    <section class="section">
      <h2>E-mail</h2>
      <div class="card card-pad mail-card">
        <Address email={email} />
        {me().role === 'owner' && (
          <Switch
            label="Every morning, a summary of yesterday"
            on={dailySummary && email !== null}
            disabled={email === null}
            onChange={(on) => save({ dailySummary: on })}
          />
        )}
      </div>
    </section>
  )
}

function Address({ email }: { email: string | null }) {
  const [typed, setTyped] = useState<string>()
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const wanted = typed?.trim()

  async function keep(): Promise<void> {
    setBusy(true)
    try {
      await changeAlerts({ email: wanted || null })
      setTyped(undefined)
    } catch (error) {
      setFault(sentenceOf(error))
    }
    setBusy(false)
  }

  return (
    <div class="mail-address">
      <Field
        label="Your address"
        value={typed ?? email ?? ''}
        error={fault}
        placeholder="olga@example.com"
        maxLength={254}
        onInput={(text) => {
          setFault(undefined)
          setTyped(text)
        }}
        onEnter={() => void keep()}
      />
      {wanted !== undefined && (busy || wanted !== (email ?? '')) && (
        <Button busy={busy} onPress={() => void keep()}>
          {wanted ? 'Save' : 'Remove'}
        </Button>
      )}
    </div>
  )
}
