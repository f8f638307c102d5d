import { listReceivedCharges } from '../../db/ledger.ts'
import type { Shop } from '../work.ts'
import { applyCharge } from './apply-charge.ts'

const BATCH = 100

/**
 * Applies charges that were stored and, by a crash, not looked at. Returns how many there were. One that cannot be applied
 * keeps no other waiting; what was wrong with it is thrown when the others are done.
 */
export function applyStoredCharges(shop: Shop): number {
  const received = listReceivedCharges(shop.db, BATCH)
  const failures: unknown[] = []
  for (const id of received) {
    try {
      shop.write((work) => applyCharge(work, id))
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw failures[0]
  return received.length
}
