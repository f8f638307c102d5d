import { countDiscountUses, findDiscountCode } from '../../db/discounts.ts'
import { refusalOf } from '../pricing/judge-discount.ts'
import type { Discount } from '../pricing/price-cart.ts'
import { viewOf } from '../view.ts'
import type { Shop, Work } from '../work.ts'

/** A discount code with a checkout. */
export interface HeldCode {
  code: string
  /** What it takes off; null while it is refused. */
  discount: (Discount & { codeId: number }) | null
  /** Why it takes nothing off. */
  refusal: string | undefined
}

/** What a code does for such an order of this person now. */
export function judgeCode(
  shop: Shop | Work,
  wish: { code: string; personId: number; itemsMinor: number; deliveryMinor: number },
): HeldCode {
  const { db, now, settings } = viewOf(shop)
  const { code, personId, itemsMinor, deliveryMinor } = wish
  const row = findDiscountCode(db, code)
  if (!row) return { code, discount: null, refusal: `There is no code ${code}.` }
  const { currency, timezone } = settings
  const usesOfPerson = countDiscountUses(db, row.id, personId)
  const facts = { now, currency, timezone, itemsMinor, deliveryMinor, usesOfPerson }
  const refusal = refusalOf(row, facts)
  const discount = refusal ? null : { kind: row.kind, value: row.value, codeId: row.id }
  return { code, discount, refusal }
}
