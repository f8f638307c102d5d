import { endDevice, findDevice, listDevicesOfSession } from '../../db/devices.ts'
import { removeSession } from '../../db/sessions.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'

export interface RemovedDevice {
  actor: Actor & { id: number }
  deviceId: number
  /** The session that asks. */
  sessionHash: string
}

/**
 * Sends no more web push to one of one's own devices. Any other than the one that asks is signed out, too: it may be
 * lost. Throws a ShopError not_found.
 */
export function removeDevice(work: Work, { actor, deviceId, sessionHash }: RemovedDevice): void {
  const { tx, now } = work
  const device = findDevice(tx, deviceId)
  if (!device || device.person_id !== actor.id || device.ended_at !== null) {
    throw new ShopError('not_found', 'This device is no longer here.')
  }
  const { session_hash: itsSession } = device
  endDevice(tx, { id: device.id, reason: 'removed in the panel', now })
  if (itsSession && itsSession !== sessionHash) signOut(work, itsSession)
  recordEvent(work, { type: 'device_removed', orderId: null, actor, data: { device: device.name } })
}

function signOut(work: Work, sessionHash: string): void {
  for (const { id } of listDevicesOfSession(work.tx, sessionHash)) {
    endDevice(work.tx, { id, reason: 'signed out', now: work.now })
  }
  removeSession(work.tx, sessionHash)
}
