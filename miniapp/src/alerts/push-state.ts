/** What is known about this browser and the shop's push. */
export interface BrowserFacts {
  insideTelegram: boolean
  /** An iPhone or iPad shows pushes only to a panel on its home screen. */
  isApple: boolean
  isInstalled: boolean
  /** Whether the browser has everything that web push takes. */
  canPush: boolean
  permission: NotificationPermission
  /** The shop's public key, null while push is switched off there. */
  serverKey: string | null
  /** The key of the subscription; undefined without one, null where the browser does not tell. */
  subscribedWith: string | null | undefined
  /** Whether the shop sends to this browser. */
  isKnown: boolean
  /** Whether somebody switched alerts on here and nobody switched them off. */
  isWished: boolean
  /** The last try to subscribe failed. */
  failed: boolean
}

/**
 * The one truth about alerts in this browser:
 * - `off` on the server; `telegram` shows no pushes; `install` first (iPhone, iPad); `unsupported`; `blocked` by the person
 * - `ask`: can be switched on; `on`; `ended`: was on and is not any more; `failed`: could not be switched on
 */
export type PushState =
  | 'off'
  | 'telegram'
  | 'install'
  | 'unsupported'
  | 'blocked'
  | 'ask'
  | 'on'
  | 'ended'
  | 'failed'

export function pushStateOf(facts: BrowserFacts): PushState {
  const { serverKey, subscribedWith } = facts
  if (serverKey === null) return 'off'
  if (facts.insideTelegram) return 'telegram'
  if (!facts.canPush) return facts.isApple && !facts.isInstalled ? 'install' : 'unsupported'
  if (facts.permission === 'denied') return 'blocked'
  const fits = subscribedWith === serverKey || subscribedWith === null
  if (facts.permission === 'granted' && fits && facts.isKnown) return 'on'
  if (facts.failed) return 'failed'
  return wasOn(facts) ? 'ended' : 'ask'
}

/** Whether this browser should have alerts, so that it may be registered again without a question. */
export function wasOn({ permission, subscribedWith, isWished }: BrowserFacts): boolean {
  return permission === 'granted' && (subscribedWith !== undefined || isWished)
}
