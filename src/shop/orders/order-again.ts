import { findVariant } from '../../db/catalogue.ts'
import { listLineItems } from '../../db/orders.ts'
import { readCart, setCartQuantity } from '../checkout/cart.ts'
import type { Actor, Work } from '../work.ts'
import { findOrderFor } from './take-step.ts'

/** Puts what an order held into the cart, as far as it is in stock. Returns the titles of what was left out. */
export function orderAgain(work: Work, actor: Actor & { id: number }, orderId: number): string[] {
  findOrderFor(work, actor, orderId)
  const inCart = new Map(readCart(work.tx, actor.id).lines.map((line) => [line.variantId, line.quantity]))
  const leftOut: string[] = []
  for (const item of listLineItems(work.tx, orderId)) {
    const variant = findVariant(work.tx, item.variant_id)
    const sold = variant?.active === 1 && variant.product_status === 'active'
    const quantity = Math.min(item.quantity, sold ? variant.available : 0)
    if (quantity < item.quantity) leftOut.push(item.title)
    const wanted = Math.max(quantity, inCart.get(item.variant_id) ?? 0)
    if (quantity > 0)
      setCartQuantity(work, {
        personId: actor.id,
        variantId: item.variant_id,
        quantity: Math.min(wanted, variant?.available ?? 0),
      })
  }
  return leftOut
}
