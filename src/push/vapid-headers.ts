import webPush from 'web-push'
import type { Clock } from '../lib/clock.ts'
import type { VapidKeys } from '../lib/vapid.ts'

const LIVES_MS = 12 * 3_600_000
// Well before the end: a push service's clock may be ahead of ours.
const KEEP_MS = LIVES_MS - 3_600_000
const MAX_KEPT = 100

export interface VapidDetails extends VapidKeys {
  subject: string
}

/** The Authorization headers by which push services know the shop. */
export interface VapidHeaders {
  /** The header for a push service, as of its origin; signed once in eleven hours. */
  of(origin: string): string
  /** Signs a new one the next time: the push service refused this one. */
  forget(origin: string): void
}

export function createVapidHeaders(vapid: VapidDetails, clock: Clock): VapidHeaders {
  const kept = new Map<string, { header: string; madeAt: number }>()

  function sign(origin: string, now: number): string {
    const expires = Math.floor((now + LIVES_MS) / 1000)
    const { subject, publicKey, privateKey } = vapid
    return webPush.getVapidHeaders(origin, subject, publicKey, privateKey, 'aes128gcm', expires).Authorization
  }

  return {
    of(origin) {
      const now = clock.now()
      const known = kept.get(origin)
      // A clock that was set back would make an older header live longer than push services allow.
      if (known && known.madeAt <= now && now < known.madeAt + KEEP_MS) return known.header
      const header = sign(origin, now)
      if (kept.size >= MAX_KEPT) kept.clear()
      kept.set(origin, { header, madeAt: now })
      return header
    },
    forget: (origin) => void kept.delete(origin),
  }
}
