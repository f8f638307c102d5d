declare const self: ServiceWorkerGlobalScope

/** As `pushsubscriptionchange` brings it, which the type library does not know. */
export interface SubscriptionChange extends ExtendableEvent {
  oldSubscription?: PushSubscription
  newSubscription?: PushSubscription
}

/** Brings the shop a new subscription in place of one the browser has ended. */
export async function resubscribe({ oldSubscription, newSubscription }: SubscriptionChange): Promise<void> {
  const key = oldSubscription?.options.applicationServerKey
  const subscription =
    newSubscription ??
    (await self.registration.pushManager.getSubscription()) ??
    (key &&
      (await self.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })))
  if (!subscription) return
  const { endpoint, keys } = subscription.toJSON()
  const own = subscription.options.applicationServerKey
  await fetch('/api/push/devices', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint, keys, applicationServerKey: own && toBase64Url(own) }),
  })
}

function toBase64Url(buffer: ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(buffer)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}
