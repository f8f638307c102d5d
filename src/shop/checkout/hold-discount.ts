import {
  countDiscountUses,
  findDiscountCodeById,
  findDiscountUse,
  returnDiscountUse,
  takeDiscountUse,
} from '../../db/discounts.ts'
import { ShopError } from '../../lib/shop-error.ts'
import type { Work } from '../work.ts'

/** Reserves a use of the code for an order. Throws a ShopError conflict when the last one has just gone. */
export function holdDiscount(
  work: Work,
  use: { orderId: number; codeId: number; code: string; personId: number },
): void {
  if (takeDiscountUse(work.tx, use)) return
  throw new ShopError('conflict', `The code ${use.code} has been used up. Please look at the new total.`)
}

/** Gives back the use of a discount code that an order holds, because nothing comes of the order. */
export function returnDiscount(work: Work, orderId: number): void {
  returnDiscountUse(work.tx, orderId, work.now)
}

/**
 * Takes again the use that an order gave back, because it goes on after all. Returns the code that can no longer be
 * had, changing nothing; undefined when the order holds what it needs.
 */
export function takeDiscountAgain(work: Work, orderId: number): string | undefined {
  const use = findDiscountUse(work.tx, orderId)
  if (!use || use.returned_at === null) return undefined
  const { code_id: codeId, person_id: personId } = use
  const code = findDiscountCodeById(work.tx, codeId)
  const mine = countDiscountUses(work.tx, codeId, personId)
  const tooOften = code?.per_customer != null && mine >= code.per_customer
  if (!tooOften && takeDiscountUse(work.tx, { orderId, codeId, personId })) return undefined
  return code?.code ?? ''
}
