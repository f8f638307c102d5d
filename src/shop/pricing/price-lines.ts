import type { OrderTaxRow } from '../../db/order-taxes.ts'
import type { OrderRow } from '../../db/orders.ts'
import { formatMoney } from '../../lib/money.ts'
import { shorten } from '../../lib/shorten.ts'
import type { Texts } from '../../lib/texts.ts'
import type { Price } from './price-cart.ts'
import type { TaxSum } from './sum-taxes.ts'

/** What a price says beside its lines and its total, one readable line each. */
export interface PriceLines {
  /** What changes the total, to be read before it: the discount, tax put on top. */
  above: string[]
  /** What is in the total already. */
  below: string[]
}

export interface ShownPrice extends Pick<Price, 'discountMinor' | 'taxes'> {
  code: string | null
  currency: string
}

// The largest cart fills a message of the chat as it is; a receipt has room for all of them.
const MAX_TAXES = 3
const MAX_NAME = 20

interface Words {
  texts: Texts
  language: string
}

/** The discount and the taxes of a price in words, as Telegram HTML; none of what there is none. */
export function priceLines(words: Words, price: ShownPrice): PriceLines {
  const { texts, language } = words
  const { code, discountMinor, taxes, currency } = price
  const discount = { code: code ?? '', amount: formatMoney(discountMinor, currency, language) }
  const onTop = taxes.filter((tax) => !tax.included)
  const inPrices = taxes.filter((tax) => tax.included)
  return {
    above: [
      ...(discountMinor > 0 ? [texts.say(language, 'price-discount', discount)] : []),
      ...taxLines(words, onTop, { currency, id: 'price-tax-added' }),
    ],
    below: taxLines(words, inPrices, { currency, id: 'price-tax-included' }),
  }
}

/** A line for each tax, or where there are many, one for all of them. */
function taxLines(
  { texts, language }: Words,
  taxes: TaxSum[],
  { currency, id }: { currency: string; id: string },
): string[] {
  const money = (minor: number) => formatMoney(minor, currency, language)
  if (taxes.length > MAX_TAXES) {
    const all = taxes.reduce((sum, tax) => sum + tax.taxMinor, 0)
    return [texts.say(language, `${id}-many`, { tax: money(all) })]
  }
  return taxes.map(({ name, basisPoints, taxMinor }) =>
    texts.say(language, id, {
      name: shorten(name, MAX_NAME),
      rate: percent(basisPoints, language),
      tax: money(taxMinor),
    }),
  )
}

/** The price of an order as it was agreed, from its own copy. */
export function priceOfOrder(order: OrderRow, taxes: OrderTaxRow[]): ShownPrice {
  return {
    code: order.discount_code,
    currency: order.currency,
    discountMinor: order.discount_minor,
    taxes: taxes.map((tax) => ({
      name: tax.name,
      basisPoints: tax.basis_points,
      included: tax.included === 1,
      netMinor: tax.net_minor,
      taxMinor: tax.tax_minor,
    })),
  }
}

/** A tax's rate as people write it: 550 is 5.5. */
export function percent(basisPoints: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(basisPoints / 100)
}
