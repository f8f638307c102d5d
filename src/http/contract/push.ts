/** What the service worker finds in a push. */
export type { PushPayload } from '../../shop/notifications/push-payload.ts'
