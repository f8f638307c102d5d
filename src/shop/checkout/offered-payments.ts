import { listPaymentMethods, type PaymentMethodRow } from '../../db/checkout.ts'
import type { Goods } from '../payments/provider.ts'
import { viewOf } from '../view.ts'
import type { Shop, Work } from '../work.ts'

/** The ways to pay for these goods: switched on, set up, and not refused by who takes the money. */
export function offeredPayments(shop: Shop | Work, goods: Goods): PaymentMethodRow[] {
  const { db, providers } = viewOf(shop)
  return listPaymentMethods(db).filter(({ kind, active }) => {
    const provider = providers.get(kind)
    if (active === 0 || !provider) return false
    // Nobody has to take what costs nothing.
    return goods.totalMinor === 0 || provider.refuses?.(db, goods) === undefined
  })
}
