import { releaseStock, reserveStock, shipStock } from '../../db/catalogue.ts'
import type { Tx } from '../../db/database.ts'
import { listLineItems } from '../../db/orders.ts'
import type { Fulfilment } from '../../db/schema.ts'
import { ShopError } from '../../lib/shop-error.ts'

/** Where an order's goods are: set aside on the shelf, gone with the parcel, or free for others. */
type Hold = 'reserved' | 'shipped' | 'free'

const HOLD: Record<Fulfilment, Hold> = {
  placed: 'reserved',
  accepted: 'reserved',
  packing: 'reserved',
  dispatched: 'shipped',
  delivered: 'shipped',
  cancelled: 'free',
}

/**
 * Moves an order's stock along with its fulfilment, in either direction, so that an undo is a move back.
 * Throws a ShopError conflict when goods set free have been sold to somebody else meanwhile.
 */
export function moveStock(tx: Tx, orderId: number, from: Fulfilment, to: Fulfilment): void {
  const [before, after] = [HOLD[from], HOLD[to]]
  if (before === after) return
  for (const item of listLineItems(tx, orderId)) {
    const { variant_id, quantity } = item
    if (before === 'free' && !reserveStock(tx, variant_id, quantity)) {
      throw new ShopError('conflict', `${item.title} has been sold to somebody else meanwhile.`)
    }
    if (after === 'shipped') shipStock(tx, variant_id, quantity)
    if (before === 'shipped') shipStock(tx, variant_id, -quantity)
    if (after === 'free') releaseStock(tx, variant_id, quantity)
  }
}
