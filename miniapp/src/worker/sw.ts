import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { handleClick } from './handle-click.ts'
import { resubscribe, type SubscriptionChange } from './resubscribe.ts'
import { showPush } from './show-push.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] }

// The panel opens without a network; what it shows comes from the shop alone and is never kept here.
precacheAndRoute(self.__WB_MANIFEST)
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/app/index.html'), { allowlist: [/^\/app(\/|\?|$)/] }),
)

self.addEventListener('message', (event) => {
  // A new version takes over when the person says so, not in the middle of what they type.
  if (event.data === 'take over') void self.skipWaiting()
})

self.addEventListener('push', (event) => {
  event.waitUntil(showPush(event.data?.text()))
})

self.addEventListener('notificationclick', (event) => {
  event.waitUntil(handleClick(event.notification, event.action))
})

self.addEventListener('pushsubscriptionchange', (event) => {
  const change = event as unknown as SubscriptionChange
  change.waitUntil(resubscribe(change).catch(() => {}))
})
