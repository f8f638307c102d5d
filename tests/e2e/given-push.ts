import type { BrowserContextOptions, Page } from 'playwright-core'
import { onTestFinished } from 'vitest'
import { startPushService } from '../../sandbox/push/push-service.ts'
import { newVapidKeys } from '../../src/lib/vapid.ts'
import { givenPanel } from './given-panel.ts'
import { signInOutside } from './sign-in-outside.ts'

type Permission = 'default' | 'granted' | 'denied'
type BrowserWish = BrowserContextOptions & { permission?: Permission; expects?: RegExp }

/** The shop with web push by way of the sandbox's push service, and the panel in a browser outside Telegram. */
export async function givenPush(env: Record<string, string> = {}) {
  const service = await startPushService()
  onTestFinished(service.stop)
  const { publicKey, privateKey } = newVapidKeys()
  const given = await givenPanel({
    VAPID_PUBLIC_KEY: publicKey,
    VAPID_PRIVATE_KEY: privateKey,
    VAPID_SUBJECT: 'https://littleshop.org',
    PUSH_HOSTS: service.origin,
    ...env,
  })

  /** A browser in which Olga is signed in, on the page of alerts. */
  async function openAlerts(options: BrowserWish = {}): Promise<Page> {
    const { permission = 'granted', ...rest } = options
    const page = await given.open(given.olga, { url: 'about:blank', permissions: ['notifications'], ...rest })
    await page.exposeFunction('sandboxSubscribe', (key: string) => service.subscribe(key))
    await page.exposeFunction('sandboxUnsubscribe', (endpoint: string) => service.unsubscribe(endpoint))
    await page.addInitScript(subscribeAtSandbox, permission)
    await page.goto(`${given.base}/app/more/alerts`)
    await signInOutside(page, given.olga)
    return page
  }

  return {
    ...given,
    get app() {
      return given.app
    },
    service,
    publicKey,
    openAlerts,
  }
}

/**
 * Runs in the page: Chromium without a window reaches no push service, so it subscribes at the sandbox's. The subscription
 * outlives a reload, as a real one does. Permission cannot be asked for without a window either.
 */
function subscribeAtSandbox(permission: Permission): void {
  const page = globalThis as unknown as {
    PushManager: { prototype: object }
    Notification: { requestPermission: () => Promise<Permission> }
    localStorage: {
      getItem(name: string): string | null
      setItem(name: string, value: string): void
      removeItem(name: string): void
    }
    asked: number
    permission: Permission
    sandboxSubscribe(key: string): Promise<object>
    sandboxUnsubscribe(endpoint: string): Promise<void>
  }
  const STORED = 'sandbox.push'
  const bytesOf = (key: string) =>
    Uint8Array.from(atob(key.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0)).buffer
  function stored() {
    const text = page.localStorage.getItem(STORED)
    if (!text) return null
    const { key, subscription } = JSON.parse(text)
    return {
      endpoint: subscription.endpoint,
      options: { applicationServerKey: bytesOf(key), userVisibleOnly: true },
      toJSON: () => subscription,
      async unsubscribe() {
        page.localStorage.removeItem(STORED)
        await page.sandboxUnsubscribe(subscription.endpoint)
        return true
      },
    }
  }
  Object.assign(page.PushManager.prototype, {
    getSubscription: async () => stored(),
    async subscribe({ applicationServerKey: key }: { applicationServerKey: string }) {
      const subscription = await page.sandboxSubscribe(key)
      page.localStorage.setItem(STORED, JSON.stringify({ key, subscription }))
      return stored()
    },
  })
  page.permission = permission
  page.asked = 0
  Object.defineProperty(page.Notification, 'permission', { get: () => page.permission })
  page.Notification.requestPermission = async () => {
    page.asked += 1
    if (page.permission === 'default') page.permission = 'granted'
    return page.permission
  }
}
