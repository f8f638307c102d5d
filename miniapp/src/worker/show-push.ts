import { notificationOf, type Shown } from './notification.ts'
import { readPayload } from './read-payload.ts'
import { report } from './shop-api.ts'

declare const self: ServiceWorkerGlobalScope

/** Shows a notification for every push, also for one that cannot be read: a browser ends push that stays silent. */
export async function showPush(text: string | undefined): Promise<void> {
  const message = readPayload(text, self.location.origin)
  // Safari has no actions, and so no number of them.
  await show(notificationOf(message, (Notification as { maxActions?: number }).maxActions ?? 0))
  await Promise.allSettled([setBadge(message.badge), report(message.notice, 'shown')])
}

export async function show({ title, options }: Shown): Promise<void> {
  await self.registration.showNotification(title, options)
}

async function setBadge(count: number | undefined): Promise<void> {
  const { navigator } = self
  if (count === undefined || !('setAppBadge' in navigator)) return
  await (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge())
}
