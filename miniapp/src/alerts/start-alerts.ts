import { effect } from '@preact/signals'
import { counters, listenLive } from '../live/live.ts'
import { lookAgain, renewPush } from './push.ts'

/** While somebody is signed in: keeps this browser registered for push, and the badge on the panel's icon right. */
export function startAlerts(): () => void {
  void renew()
  const stopBadge = effect(showBadge)
  // Perhaps this one: a new key ends them all, and a panel may stay open for weeks.
  const stopWatch = listenLive('change', ({ event }) => event.type === 'device_ended' && void renew())
  document.addEventListener('visibilitychange', onReturn)
  return () => {
    stopBadge()
    stopWatch()
    document.removeEventListener('visibilitychange', onReturn)
  }
}

let renewing: Promise<void> | undefined

/** Once for all that ends at the same moment. Without an answer the next start tries again; the alerts page says how things stand. */
function renew(): Promise<void> {
  renewing ??= renewPush()
    .catch(() => {})
    .finally(() => {
      renewing = undefined
    })
  return renewing
}

function onReturn(): void {
  if (document.visibilityState === 'visible') lookAgain().catch(() => {})
}

/** The same number that pushes carry: orders that are not on their way yet. */
function showBadge(): void {
  const now = counters.value
  if (!now || !('setAppBadge' in navigator)) return
  const open = (now.placed ?? 0) + (now.accepted ?? 0) + (now.packing ?? 0)
  const shown = open > 0 ? navigator.setAppBadge(open) : navigator.clearAppBadge()
  shown.catch(() => {})
}
