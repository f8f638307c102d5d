import { useState } from 'preact/hooks'
import { sentenceOf } from '../api/request.ts'
import { Button } from '../parts/button.tsx'
import { CopyButton } from '../parts/copy-button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Bone } from '../parts/skeleton.tsx'
import { say } from '../parts/snack.ts'
import { alerts } from './alerts.ts'
import { InstallSteps } from './install-steps.tsx'
import { pushState, pushTrouble, switchOff, switchOn } from './push.ts'
import type { PushState } from './push-state.ts'
import { PUSH_WORDS } from './push-words.ts'
import { unblockSteps } from './unblock-steps.ts'
import './push-card.css'

/** The truth about alerts in this very browser, and the one thing to do about it. */
export function PushCard() {
  const state = pushState.value
  if (!state)
    return (
      <div class="card card-pad push-card">
        <Bone width="half" tall />
        <Bone width="long" />
      </div>
    )
  const { icon, look, title, words } = PUSH_WORDS[state]
  const trouble = state === 'failed' ? pushTrouble.value : undefined
  return (
    <section class="card card-pad push-card" data-push={state} aria-live="polite">
      <div class="push-head">
        <span class={`push-icon push-${look}`}>
          <Icon name={icon} />
        </span>
        <div>
          <p class="strong">{title}</p>
          <p class="hint">{trouble ? `${trouble} ${words}` : words}</p>
        </div>
      </div>
      <NextStep state={state} />
    </section>
  )
}

function NextStep({ state }: { state: PushState }) {
  switch (state) {
    case 'ask':
      return <Action label="Turn on alerts on this device" kind="main" act={switchOn} />
    case 'ended':
      return <Action label="Turn alerts on again" kind="main" act={switchOn} />
    case 'failed':
      return <Action label="Try again" kind="main" act={switchOn} />
    case 'on':
      return <Action label="Turn off on this device" act={turnOff} />
    case 'install':
      return <InstallSteps />
    case 'blocked':
      return <Steps steps={unblockSteps(navigator.userAgent)} />
    case 'telegram':
      return <BrowserLink />
    default:
      return null
  }
}

function Action({
  label,
  kind = 'plain',
  act,
}: {
  label: string
  kind?: 'main' | 'plain'
  act: () => Promise<void>
}) {
  const [busy, setBusy] = useState(false)

  async function press(): Promise<void> {
    setBusy(true)
    try {
      await act()
    } catch (error) {
      say(sentenceOf(error))
    }
    setBusy(false)
  }

  return (
    <Button kind={kind} busy={busy} onPress={() => void press()}>
      {label}
    </Button>
  )
}

async function turnOff(): Promise<void> {
  await switchOff()
  say('Off. You can turn alerts on again at any time.')
}

function Steps({ steps }: { steps: string[] }) {
  return (
    <ol class="push-steps">
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  )
}

/** Telegram opens links to other sites in a browser, and this one as well when asked to. */
function BrowserLink() {
  const url = alerts.value?.panelUrl
  if (!url) return null
  return (
    <div class="push-address">
      <a class="button" href={url} target="_blank" rel="noopener">
        <Icon name="leave" />
        <span>Open in the browser</span>
      </a>
      <CopyButton text={url} label="Copy the address" />
    </div>
  )
}
