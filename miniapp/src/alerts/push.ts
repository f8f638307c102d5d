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
  await lookAtBrowser()
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
  const current = alerts.peek()?.devices.find((device) => device.current)
  await stopPush()
  if (current) await removeDevice(current.id)
  await Promise.all([lookAtBrowser(), loadAlerts()])
}

/** Looks again at what may have changed outside the panel: the permission, the subscription. */
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
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== CONFLICT) pushTrouble.value = sentenceFor(error)
    else await registerAnew()
  }
  await lookAtBrowser()
}

async function registerWith(key: string): Promise<void> {
  const subscription = await subscribe(key)
  const { endpoint, keys } = subscription.toJSON() as {
    endpoint: string
    keys: { p256dh: string; auth: string }
  }
  await keepDevice({ endpoint, keys, applicationServerKey: keyOf(subscription) })
  await loadAlerts()
}

/** The shop has another key than it had a moment ago. */
async function registerAnew(): Promise<void> {
  try {
    const { push } = await loadAlerts()
    if (push) await registerWith(push.publicKey)
  } catch (error) {
    pushTrouble.value = sentenceFor(error)
  }
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
