const WISH = 'shop.alerts'
const WORKER_WITHIN_MS = 10_000

/** Whether this browser has everything that web push takes. */
export function canPush(): boolean {
  return (
    'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window && isSecureContext
  )
}

/** This browser's subscription, if it has one. */
export async function findSubscription(): Promise<PushSubscription | null> {
  const registration = canPush() ? await navigator.serviceWorker.getRegistration('/app') : undefined
  return (await registration?.pushManager.getSubscription()) ?? null
}

/**
 * The browser's subscription with this key; a new one in place of one with another key, or of the one the shop `refused`.
 * Throws what the browser throws.
 */
export async function subscribe(
  key: string,
  refused?: PushSubscription,
): Promise<{ subscription: PushSubscription; isOld: boolean }> {
  const { pushManager } = await readyWorker()
  const old = await pushManager.getSubscription()
  const fits = old && (keyOf(old) ?? key) === key && old.endpoint !== refused?.endpoint
  if (fits) return { subscription: old, isOld: true }
  await old?.unsubscribe()
  const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })
  return { subscription, isOld: false }
}

/** Ends push in this browser: nobody who uses it next is rung for. */
export async function stopPush(): Promise<void> {
  setWish(false)
  const subscription = await findSubscription()
  await subscription?.unsubscribe()
  await navigator.clearAppBadge?.()
}

/** The public key a subscription was made for (base64url), null where the browser does not tell. */
export function keyOf({ options }: PushSubscription): string | null {
  const key = options?.applicationServerKey
  if (!key) return null
  const text = btoa(String.fromCharCode(...new Uint8Array(key)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Whether somebody switched alerts on here; it outlives a subscription that the browser drops. */
export function isWished(): boolean {
  try {
    return localStorage.getItem(WISH) === 'on'
  } catch {
    return false
  }
}

export function setWish(on: boolean): void {
  try {
    if (on) localStorage.setItem(WISH, 'on')
    else localStorage.removeItem(WISH)
  } catch {
    // Storage switched off: a subscription that is dropped is then not renewed by itself.
  }
}

// `ready` waits for ever for a worker that could not be installed.
async function readyWorker(): Promise<ServiceWorkerRegistration> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no service worker')), WORKER_WITHIN_MS)
  })
  return await Promise.race([navigator.serviceWorker.ready, tooLate]).finally(() => clearTimeout(timer))
}
