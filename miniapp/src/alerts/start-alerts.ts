import { effect } from '@preact/signals'
import { counters } from '../live/live.ts'
import { lookAtBrowser, renewPush } from './push.ts'

/** While somebody is signed in: keeps this browser registered for push, and the badge on the panel's icon right. */
export function startAlerts(): () => void {
  // Without an answer the next start tries again; the alerts page says how things stand.
  renewPush().catch(() => {})
  const stopBadge = effect(showBadge)
  document.addEventListener('visibilitychange', lookAgain)
  return () => {
    stopBadge()
    document.removeEventListener('visibilitychange', lookAgain)
  }
}

function lookAgain(): void {
  if (document.visibilityState === 'visible') void lookAtBrowser()
}

/** The same number that pushes carry: orders that are not on their way yet. */
function showBadge(): void {
  const now = counters.value
  if (!now || !('setAppBadge' in navigator)) return
  const open = (now.placed ?? 0) + (now.accepted ?? 0) + (now.packing ?? 0)
  const shown = open > 0 ? navigator.setAppBadge(open) : navigator.clearAppBadge()
  shown.catch(() => {})
}
