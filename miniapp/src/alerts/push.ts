import { computed, signal } from '@preact/signals'
import { keepDevice, removeDevice } from '../api/alerts.ts'
import { Refusal } from '../api/http.ts'
import { currentToken } from '../session/session.ts'
import { alerts, loadAlerts } from './alerts.ts'
import { type BrowserFacts, type PushState, pushStateOf, wasOn } from './push-state.ts'
import { canPush, findSubscription, isWished, keyOf, setWish, stopPush, subscribe } from './subscription.ts'

type Browser = Pick<BrowserFacts, 'permission' | 'subscribedWith' | 'isWished'>

const CONFLICT = 409
const browser = signal<Browser | undefined>(undefined)

/** Why the last try to switch alerts on failed, in a sentence. */
export const pushTrouble = signal<string | undefined>(undefined)

/** How things stand in this browser; undefined until that is known. */
export const pushState = computed<PushState | undefined>(() => {
  const facts = readFacts()
  return facts && pushStateOf(facts)
})

/** Registers this browser again, as at each start of the panel, if alerts were switched on here. */
export async function renewPush(): Promise<void> {
  await loadAlerts()
  await lookAgain()
  const facts = readFacts()
  if (facts?.serverKey && facts.canPush && !facts.insideTelegram && wasOn(facts))
    await register(facts.serverKey)
}

/** Asks the browser's question, so only for a tap; and registers where it is allowed. */
export async function switchOn(): Promise<void> {
  const key = alerts.peek()?.push?.publicKey
  if (!key) return
  const permission = await Notification.requestPermission()
  if (permission === 'granted') await register(key)
  await lookAtBrowser()
}

/** No more alerts here. Throws a Refusal. */
export async function switchOff(): Promise<void> {
  const current = currentDevice()
  await stopPush()
  if (current) await removeDevice(current.id)
  await Promise.all([lookAtBrowser(), loadAlerts()])
}

/** As lookAtBrowser; and a browser that may not ring any more is none of the devices that do. Throws a Refusal. */
export async function lookAgain(): Promise<void> {
  await lookAtBrowser()
  const facts = readFacts()
  const current = currentDevice()
  if (!current || !facts?.canPush || facts.permission === 'granted') return
  await removeDevice(current.id)
  await loadAlerts()
}

function currentDevice() {
  return alerts.peek()?.devices.find((device) => device.current)
}

/** Looks at what may have changed outside the panel: the permission, the subscription. */
export async function lookAtBrowser(): Promise<void> {
  const subscription = await findSubscription().catch(() => null)
  browser.value = {
    permission: 'Notification' in window ? Notification.permission : 'default',
    subscribedWith: subscription ? keyOf(subscription) : undefined,
    isWished: isWished(),
  }
}

async function register(key: string): Promise<void> {
  setWish(true)
  pushTrouble.value = undefined
  try {
    await registerWith(key)
    await loadAlerts()
  } catch (error) {
    pushTrouble.value = sentenceFor(error)
  }
  await lookAtBrowser()
}

async function registerWith(key: string): Promise<void> {
  const { subscription, isOld } = await subscribe(key)
  try {
    await keep(subscription, isOld)
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== CONFLICT) throw error
    await registerAnew(subscription)
  }
}

/** The shop has another key than it had a moment ago, or heard from the push service that this subscription is over. */
async function registerAnew(refused: PushSubscription): Promise<void> {
  const { push } = await loadAlerts()
  if (push) await keep((await subscribe(push.publicKey, refused)).subscription, false)
}

async function keep(subscription: PushSubscription, isOld: boolean): Promise<void> {
  const { endpoint, keys } = subscription.toJSON() as {
    endpoint: string
    keys: { p256dh: string; auth: string }
  }
  await keepDevice({ endpoint, keys, applicationServerKey: keyOf(subscription), isOld })
}

function sentenceFor(error: unknown): string {
  if (error instanceof Refusal) return error.message
  const name = error instanceof Error ? error.name : ''
  return name === 'AbortError' || name === 'NetworkError'
    ? 'The push service of this browser does not answer. The network may block it, or this is a private window, which gets no alerts.'
    : 'This browser could not turn alerts on. In a private window it never can.'
}

function readFacts(): BrowserFacts | undefined {
  if (!alerts.value || !browser.value) return undefined
  const { push, devices } = alerts.value
  return {
    ...browser.value,
    insideTelegram: currentToken() !== undefined,
    isApple: isAppleMobile(),
    isInstalled: isInstalled(),
    canPush: canPush(),
    serverKey: push?.publicKey ?? null,
    isKnown: devices.some((device) => device.current),
    failed: pushTrouble.value !== undefined,
  }
}

// An iPad says that it is a Mac; Macs have no touch screens.
function isAppleMobile(): boolean {
  const { userAgent, maxTouchPoints } = navigator
  return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1)
}

export function isInstalled(): boolean {
  return (
    matchMedia('(display-mode: standalone)').matches ||
    (navigator as { standalone?: boolean }).standalone === true
  )
}
