import { signal } from '@preact/signals'
import { openPath } from '../shell/navigation.ts'

/** Lets the new version of the panel take over, once there is one. */
export const newVersion = signal<(() => void) | undefined>(undefined)

const LOOK_EVERY_MS = 3_600_000

/** Starts the service worker: push, opening without a network, and new versions. Not for inside Telegram. */
export async function startWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  serviceWorker.addEventListener('message', followNotification)
  const hadWorker = serviceWorker.controller !== null
  serviceWorker.addEventListener('controllerchange', () => {
    // Another window has let it take over: this one still runs the old version.
    if (hadWorker) newVersion.value ??= () => location.reload()
  })
  try {
    const registration = await serviceWorker.register('/app/sw.js', { scope: '/app', updateViaCache: 'none' })
    watchForUpdate(registration)
  } catch {
    // Switched off, or a network that gives way: the panel works without.
  }
}

/** A notification was tapped: the window that is open goes there. */
function followNotification({ data }: MessageEvent): void {
  const path: unknown = (data as { navigate?: unknown } | null)?.navigate
  if (typeof path === 'string' && /^\/app(\/|\?|$)/.test(path)) openPath(path)
}

function watchForUpdate(registration: ServiceWorkerRegistration): void {
  const offer = () => {
    const { waiting } = registration
    // The very first one has nobody to take over from.
    if (waiting && navigator.serviceWorker.controller) newVersion.value = () => takeOver(waiting)
  }
  offer()
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', offer)
  })
  let lookedAt = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - lookedAt < LOOK_EVERY_MS) return
    lookedAt = Date.now()
    registration.update().catch(() => {})
  })
}

function takeOver(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  waiting.postMessage('take over')
}
