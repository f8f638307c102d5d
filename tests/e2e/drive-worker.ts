import type { CDPSession, Page } from 'playwright-core'
import { expect } from 'vitest'
import { existing } from '../given.ts'

export interface ShownNotification {
  title: string
  body: string
  tag: string
  actions: { action: string; title: string }[]
}

/** Run in the worker. */
const ALL = `registration.getNotifications().then((all) => all.map(({ title, body, tag, actions }) => ({ title, body, tag, actions })))`

/**
 * Run in the worker: keeps what the browser has agreed to show. Asking it for its notifications while one is on its way
 * removes that one (Chromium drops what it has stored and does not display yet), so it is not asked to find out.
 */
const WATCH = `{
  const show = registration.showNotification
  globalThis.shown = []
  registration.showNotification = async (title, options) => {
    await show.call(registration, title, options)
    const { body, tag, actions = [] } = options
    shown.push({ title, body, tag, actions })
  }
}`

/** Run in the worker. A tap cannot be played, so it is made up; such an event may not be waited for (`waitUntil`). */
const tapOn = (action: string) => `registration.getNotifications().then(([notification]) => {
  const event = new NotificationEvent('notificationclick', { notification, action: ${JSON.stringify(action)} })
  event.waitUntil = () => {}
  dispatchEvent(event)
})`

/** What the browser itself would do with the panel's service worker. */
export async function driveWorker(page: Page, origin: string) {
  await page.evaluate('navigator.serviceWorker.ready.then(() => true)')
  const context = page.context()
  // The page may know its worker before the driver does.
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  await worker.evaluate(WATCH)
  const cdp = await context.newCDPSession(page)
  const registrationId = await findRegistration(cdp)

  /** Resolves with the notification of this title once it is on the screen. */
  async function sees(title: string): Promise<ShownNotification> {
    const shown = () => worker.evaluate<ShownNotification[]>('shown')
    await expect.poll(async () => (await shown()).map((one) => one.title)).toContain(title)
    return existing((await shown()).findLast((one) => one.title === title))
  }

  function all(): Promise<ShownNotification[]> {
    return worker.evaluate<ShownNotification[]>(ALL)
  }

  return {
    worker,
    /** Hands a push to the worker, as the browser does once it has decrypted it. */
    async deliver(data: string): Promise<void> {
      await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data })
    },
    sees,
    all,
    /** Taps the notification, or a button of it. */
    tap: (action = '') => worker.evaluate(tapOn(action)),
  }
}

async function findRegistration(cdp: CDPSession): Promise<string> {
  const registered = new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [first] }) => {
      if (first) resolve(first.registrationId)
    })
  })
  await cdp.send('ServiceWorker.enable')
  return await registered
}
