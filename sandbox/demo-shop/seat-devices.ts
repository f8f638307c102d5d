import type { Database, Tx } from '../../src/db/database.ts'
import { endDevice, listDevices, saveDevice } from '../../src/db/devices.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { addSession, removeSession } from '../../src/db/sessions.ts'
import { hashToken, newToken } from '../../src/lib/ids.ts'
import type { Device } from '../arrivals/arrivals.ts'
import type { PushService } from '../push/push-service.ts'
import { STAFF } from './people.ts'

const SIGNED_IN_MS = 30 * 86_400_000

interface Seat {
  personId: number
  name: string
  vapidKey: string
  now: number
}

/**
 * Gives the staff their made-up phones and laptops, signed in and subscribed at the local push service. It forgets its
 * browsers when it ends, so those of an earlier start are replaced.
 */
export function seatDevices(
  db: Database,
  service: Pick<PushService, 'origin' | 'subscribe'>,
  { vapidKey, now }: Pick<Seat, 'vapidKey' | 'now'>,
): Device[] {
  return db.write((tx) =>
    STAFF.flatMap(({ telegramId, devices = [] }) => {
      const personId = findPersonByTelegramId(tx, telegramId)?.id
      if (personId === undefined) return []
      endEarlier(tx, personId, now)
      return devices.map((name) => {
        const id = seatDevice(tx, service, { personId, name, vapidKey, now })
        return { id, personId: telegramId, name }
      })
    }),
  )
}

function endEarlier(tx: Tx, personId: number, now: number): void {
  // Not those of real browsers: somebody with a network may have switched on alerts in the demo's panel.
  const earlier = listDevices(tx, personId).filter(({ endpoint }) =>
    endpoint?.startsWith('http://127.0.0.1:'),
  )
  for (const { id, session_hash: session } of earlier) {
    endDevice(tx, { id, reason: 'the demo was started anew', now })
    if (session) removeSession(tx, session)
  }
}

/** A browser, signed in and subscribed; returns its endpoint. */
export function seatDevice(tx: Tx, service: Pick<PushService, 'subscribe'>, seat: Seat): string {
  const { personId, name, vapidKey, now } = seat
  const { endpoint, keys } = service.subscribe(vapidKey)
  const sessionHash = hashToken(newToken())
  addSession(tx, {
    tokenHash: sessionHash,
    personId,
    kind: 'browser',
    userAgent: name,
    now,
    expiresAt: now + SIGNED_IN_MS,
  })
  saveDevice(tx, { personId, sessionHash, name, endpoint, ...keys, vapidKey, now })
  return endpoint
}
