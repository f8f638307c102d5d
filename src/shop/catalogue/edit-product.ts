import { changeVariant, findVariant, setProductStatus } from '../../db/catalogue.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'

/** Sets a variant's price and stock. Throws a ShopError: not_found, or conflict when stock moved since it was looked at. */
export function editVariant(
  work: Work,
  edit: { id: number; priceMinor: number; available: number; seenAvailable: number; actor: Actor },
): void {
  const { id, priceMinor, available, seenAvailable } = edit
  const before = findVariant(work.tx, id)
  if (!before) throw new ShopError('not_found', 'There is no such variant.')
  if (!changeVariant(work.tx, { id, priceMinor, available, seenAvailable })) {
    throw new ShopError(
      'conflict',
      `Stock is ${before.available} now. Look at the new number and save again.`,
    )
  }
  recordEvent(work, {
    type: 'variant_changed',
    orderId: null,
    actor: edit.actor,
    data: {
      variant: id,
      price: { from: before.price_minor, to: priceMinor },
      available: { from: before.available, to: available },
    },
  })
}

/** Shows a product to customers, or hides it. Throws a ShopError not_found. */
export function showProduct(
  work: Work,
  edit: { id: number; status: 'active' | 'draft'; actor: Actor },
): void {
  const { id, status } = edit
  if (!setProductStatus(work.tx, { id, status, now: work.now })) {
    throw new ShopError('not_found', 'There is no such product.')
  }
  recordEvent(work, {
    type: 'product_changed',
    orderId: null,
    actor: edit.actor,
    data: { product: id, status },
  })
}
