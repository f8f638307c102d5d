import { type DeviceRow, endDevice, findDeviceByEndpoint, listDevices, saveDevice } from '../../db/devices.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { recordEvent } from '../record-event.ts'
import { browserName } from '../staff/browser-name.ts'
import type { Actor, Work } from '../work.ts'

/** Enough for every phone, tablet and desk a person has; a browser that is made anew each day fills no table. */
const MOST_DEVICES = 20

export interface KeptDevice {
  actor: Actor & { id: number }
  sessionHash: string
  userAgent: string
  name?: string | undefined
  /** The browser had this subscription before. */
  isOld?: boolean | undefined
  endpoint: string
  p256dh: string
  auth: string
  vapidKey: string
}

/**
 * Sends web push to this browser from now on; it comes again at each start of the panel. Returns its row. Throws a ShopError
 * conflict for an old subscription that has ended here: its push service may have ended it and told the shop alone.
 */
export function keepDevice(work: Work, device: KeptDevice): DeviceRow {
  const { actor, sessionHash, userAgent, endpoint, p256dh, auth, vapidKey } = device
  const { tx, now } = work
  const found = findDeviceByEndpoint(tx, endpoint)
  if (device.isOld && !found)
    throw new ShopError('conflict', 'This subscription has ended: this browser has to subscribe again.')
  const known = endStranger(work, found, actor.id)
  const name = device.name ?? known?.name ?? browserName(userAgent)
  saveDevice(tx, { personId: actor.id, sessionHash, name, endpoint, p256dh, auth, vapidKey, now })
  const kept = findDeviceByEndpoint(tx, endpoint) as DeviceRow
  endReplaced(work, kept)
  if (!known) recordEvent(work, { type: 'device_added', orderId: null, actor, data: { device: name } })
  return kept
}

/** The same browser with another person signed in is another device. */
function endStranger(work: Work, known: DeviceRow | undefined, personId: number): DeviceRow | undefined {
  if (!known || known.person_id === personId) return known
  endDevice(work.tx, { id: known.id, reason: 'somebody else signed in there', now: work.now })
  return undefined
}

/** A browser has one subscription at a time; and of too many devices, the one unseen for longest has to go. */
function endReplaced(work: Work, kept: DeviceRow): void {
  const { tx, now } = work
  const others = listDevices(tx, kept.person_id).filter((one) => one.id !== kept.id)
  const live = others.filter((one) => one.session_hash !== kept.session_hash)
  for (const { id } of others.filter((one) => !live.includes(one))) {
    endDevice(tx, { id, reason: 'the browser has subscribed anew', now })
  }
  const surplus = live
    .sort((a, b) => a.seen_at - b.seen_at)
    .slice(0, Math.max(live.length + 1 - MOST_DEVICES, 0))
  for (const { id } of surplus) endDevice(tx, { id, reason: 'too many devices', now })
}
