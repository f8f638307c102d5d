import { render } from 'preact'
import './look/tokens.css'
import './look/base.css'
import './parts/card.css'
import { followMatters } from './books/matters.ts'
import { NewVersion } from './install/new-version.tsx'
import { startWorker } from './install/worker.ts'
import { startLive } from './live/live.ts'
import { applyTelegramTheme, followSystemTheme } from './look/theme.ts'
import { markFreshOrders } from './orders/fresh.ts'
import { Gate } from './session/gate.tsx'
import { session, startSession } from './session/session.ts'
import { Shell } from './shell/shell.tsx'
import { takeLaunch } from './telegram/launch.ts'
import { connectTelegram } from './telegram/telegram.ts'

// Before the first route is looked at: the launch data come in the address.
const launch = takeLaunch()

followSystemTheme()
if (launch) {
  applyTelegramTheme(launch.theme)
  void connectTelegram()
} else void startWorker()
startLive()
followMatters()
markFreshOrders()
void startSession(launch)
window.addEventListener('online', () => {
  if (session.peek().is === 'broken') void startSession(launch)
})
render(<Panel />, document.querySelector('#panel') as HTMLElement)

function Panel() {
  const state = session.value
  return (
    <>
      {state.is === 'in' ? <Shell /> : <Gate state={state} onRetry={() => void startSession(launch)} />}
      <NewVersion />
    </>
  )
}
