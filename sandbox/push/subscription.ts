import { createECDH, type ECDH, randomBytes } from 'node:crypto'

/** A browser's subscription as `PushSubscription.toJSON()` gives it. */
export interface BrowserSubscription {
  endpoint: string
  expirationTime: null
  keys: { p256dh: string; auth: string }
}

/** A subscription with what only the browser and the push service know of it. */
export interface Subscription {
  shown: BrowserSubscription
  browser: BrowserKeys
  /** The VAPID public key it was made for; undefined takes any. */
  applicationServerKey: string | undefined
  ended: boolean
}

export interface BrowserKeys {
  curve: ECDH
  auth: Buffer
}

export function createSubscription(origin: string, applicationServerKey?: string): Subscription {
  const curve = createECDH('prime256v1')
  const p256dh = curve.generateKeys('base64url')
  const auth = randomBytes(16)
  const endpoint = `${origin}/push/${randomBytes(24).toString('base64url')}`
  return {
    shown: { endpoint, expirationTime: null, keys: { p256dh, auth: auth.toString('base64url') } },
    browser: { curve, auth },
    applicationServerKey,
    ended: false,
  }
}
