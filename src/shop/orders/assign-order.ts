import { type OrderRow, setAssignee } from '../../db/orders.ts'
import { findPerson, findStaff } from '../../db/people.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { planForStaff, refreshOrderCards } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { findOrderFor } from './take-step.ts'

/**
 * Gives an open order to a member of staff, or to nobody; whoever gets it is told. A packer may take an order or give
 * back their own. Throws a ShopError: not_found, forbidden, or conflict when the order is done.
 */
export function assignOrder(
  work: Work,
  { orderId, personId, actor }: { orderId: number; personId: number | null; actor: Actor },
): void {
  const order = findOrderFor(work, actor, orderId)
  if (order.assigned_to === personId) return
  checkAllowed(order, personId, actor)
  if (order.fulfilment === 'delivered' || order.fulfilment === 'cancelled')
    throw new ShopError('conflict', `Order #${orderId} is ${order.fulfilment}: there is nothing left to do.`)
  const to = personId === null ? undefined : findStaff(work.tx, personId)
  if (personId !== null && !to) throw new ShopError('not_found', 'This person is not one of the staff.')
  const from = order.assigned_to === null ? undefined : findPerson(work.tx, order.assigned_to)
  setAssignee(work.tx, { id: orderId, personId, now: work.now })
  const event = { type: 'assigned', actor }
  const data = { from: from?.name ?? null, to: to?.name ?? null }
  const id = recordEvent(work, { ...event, orderId, data })
  if (to) planForStaff(work, { ...event, id }, { order: { ...order, assigned_to: personId } })
  refreshOrderCards(work, orderId, work.now)
}

function checkAllowed(order: OrderRow, personId: number | null, actor: Actor): void {
  if (actor.role === 'owner' || actor.role === 'manager') return
  const own = actor.role === 'packer' && (personId === actor.id || order.assigned_to === actor.id)
  if (!own || (personId !== null && personId !== actor.id))
    throw new ShopError('forbidden', 'You can take an order yourself; giving it to others is for managers.')
}
