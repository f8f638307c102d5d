import {
  type DeviceRow,
  endDevice,
  listDevicesOfOtherKey,
  listDevicesWithoutSession,
} from '../../db/devices.ts'
import type { Shop, Work } from '../work.ts'
import { announceEndedDevice } from './announce-death.ts'

/**
 * Ends all devices that no push can or may reach any more: those of an older VAPID key, and those whose sign-in has run
 * out. Their people are told in the chat. `vapidKey` is the public key in use, undefined while web push is switched off.
 * Returns how many ended.
 */
export function endLostDevices(shop: Shop, vapidKey: string | undefined): number {
  return shop.write((work) => {
    const unsigned = listDevicesWithoutSession(work.tx, work.now)
    const ended = unsigned.filter((device) => end(work, device, 'its sign-in has run out'))
    const outdated = vapidKey === undefined ? [] : listDevicesOfOtherKey(work.tx, vapidKey)
    return ended.length + outdated.filter((device) => end(work, device, 'the push key was changed')).length
  })
}

function end(work: Work, device: DeviceRow, reason: string): boolean {
  const ended = endDevice(work.tx, { id: device.id, reason, now: work.now })
  if (ended) announceEndedDevice(work, device, reason)
  return ended
}
