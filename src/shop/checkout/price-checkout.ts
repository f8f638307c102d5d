import type { CheckoutRow } from '../../db/checkout.ts'
import type { Goods } from '../payments/provider.ts'
import { type Price, priceCart } from '../pricing/price-cart.ts'
import { readTaxRates } from '../pricing/read-tax-rates.ts'
import { viewOf } from '../view.ts'
import type { Shop, Work } from '../work.ts'
import type { Cart } from './cart.ts'
import { type HeldCode, judgeCode } from './judge-code.ts'

/** What a checkout costs as it stands, with the code its person gave, and what that is for who takes the money. */
export function priceCheckout(
  shop: Shop | Work,
  { row, cart, deliveryMinor }: { row: CheckoutRow; cart: Cart; deliveryMinor: number },
): { code: HeldCode | null; price: Price; goods: Goods } {
  const { discount_code: given, person_id: personId } = row
  const { itemsMinor } = cart.price
  const code = given ? judgeCode(shop, { code: given, personId, itemsMinor, deliveryMinor }) : null
  const price = priceCart({
    lines: cart.lines.filter((line) => line.problem !== 'gone'),
    deliveryMinor,
    deliveryTaxRate: readTaxRates(viewOf(shop).db).usual,
    discount: code?.discount ?? null,
  })
  const { totalMinor } = price
  const { currency } = shop.settings
  return { code, price, goods: { digitalOnly: cart.digitalOnly, totalMinor, currency } }
}
