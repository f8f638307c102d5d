import { releaseStock, reserveStock, shipStock } from '../../db/catalogue.ts'
import type { Tx } from '../../db/database.ts'
import { listLineItems } from '../../db/orders.ts'
import { ShopError } from '../../lib/shop-error.ts'

/** Pieces of an order's line. */
export interface Pieces {
  lineItemId: number
  quantity: number
}

/** Takes pieces of a cancelled order off the shelf that cannot be sold again. Throws a ShopError invalid for more than there were. */
export function writeOff(tx: Tx, orderId: number, pieces: readonly Pieces[]): void {
  for (const { variantId, quantity } of piecesOf(tx, orderId, pieces)) {
    reserveStock(tx, variantId, quantity)
    shipStock(tx, variantId, quantity)
  }
}

/** Puts them back as they were, because the order is not cancelled after all. */
export function undoWriteOff(tx: Tx, orderId: number, pieces: readonly Pieces[]): void {
  for (const { variantId, quantity } of piecesOf(tx, orderId, pieces)) {
    shipStock(tx, variantId, -quantity)
    releaseStock(tx, variantId, quantity)
  }
}

function piecesOf(tx: Tx, orderId: number, pieces: readonly Pieces[]) {
  const items = listLineItems(tx, orderId)
  const seen = new Set<number>()
  return pieces.map(({ lineItemId, quantity }) => {
    const item = items.find((one) => one.id === lineItemId)
    if (!item || seen.has(lineItemId)) throw wrong(`Order #${orderId} has no such line.`)
    if (quantity < 1 || quantity > item.quantity)
      throw wrong(`There are only ${item.quantity} of ${item.title}.`)
    seen.add(lineItemId)
    return { variantId: item.variant_id, quantity }
  })
}

function wrong(message: string): ShopError {
  return new ShopError('invalid', message, { field: 'notRestocked' })
}
