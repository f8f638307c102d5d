import { listOverdueOrders } from '../../db/orders.ts'
import { type Shop, SYSTEM } from '../work.ts'
import { takeStep } from './take-step.ts'

const BATCH = 100

/** Cancels unpaid orders whose time is up, frees their stock and tells the customers. Returns how many there were. */
export function expireOrders(shop: Shop): number {
  let expired = 0
  for (;;) {
    const overdue = listOverdueOrders(shop.db, shop.clock.now(), BATCH)
    for (const { id, version } of overdue) {
      shop.write((work) => takeStep(work, { orderId: id, step: 'expire', version, actor: SYSTEM }))
    }
    expired += overdue.length
    if (overdue.length < BATCH) return expired
  }
}
