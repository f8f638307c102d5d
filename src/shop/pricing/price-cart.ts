import type { DiscountKind } from '../../db/schema.ts'
import { partOf } from './part-of.ts'
import { spreadDiscount } from './spread-discount.ts'
import { sumTaxes, type TaxRate, type TaxSum } from './sum-taxes.ts'

/** All that decides what an order costs, in minor units of one currency. */
export interface Basket {
  lines: PricedLine[]
  deliveryMinor: number
  deliveryTaxRate: TaxRate | null
  discount: Discount | null
}

export interface PricedLine {
  unitPriceMinor: number
  quantity: number
  /** Null where no tax is shown. */
  taxRate: TaxRate | null
}

/** `value` is hundredths of a percent, or minor units; nothing for free delivery. */
export interface Discount {
  kind: DiscountKind
  value: number
}

/** What a basket costs. The total is items − discount + delivery + added tax, exactly. */
export interface Price {
  itemsMinor: number
  /** One for each line of the basket, in its order; `discountMinor` is the line's share of the discount. */
  lines: { totalMinor: number; discountMinor: number }[]
  /** What is taken off the items, or off the delivery when that is free. */
  discountMinor: number
  deliveryMinor: number
  /** One for each rate, highest first. */
  taxes: TaxSum[]
  /** All tax in the total, and the part of it that was put on top. */
  taxMinor: number
  taxAddedMinor: number
  totalMinor: number
}

/** Works out what a basket costs: the one place where money of an order is computed (docs/decisions/0010). */
export function priceCart(basket: Basket): Price {
  const { deliveryMinor, deliveryTaxRate, discount } = basket
  const lines = basket.lines.map(({ unitPriceMinor, quantity, taxRate }) => ({
    totalMinor: unitPriceMinor * quantity,
    taxRate,
  }))
  const itemsMinor = sum(lines.map((line) => line.totalMinor))
  const offItems = discountOnItems(discount, itemsMinor)
  const offDelivery = discount?.kind === 'free_delivery' ? deliveryMinor : 0
  const shares = spreadDiscount(offItems, lines)
  const taxes = sumTaxes([
    ...lines.map(({ totalMinor, taxRate }, i) => ({ minor: totalMinor - (shares[i] ?? 0), taxRate })),
    { minor: deliveryMinor - offDelivery, taxRate: deliveryTaxRate },
  ])
  const taxAddedMinor = sum(taxes.filter((tax) => !tax.included).map((tax) => tax.taxMinor))
  const discountMinor = offItems + offDelivery
  return {
    itemsMinor,
    lines: lines.map(({ totalMinor }, i) => ({ totalMinor, discountMinor: shares[i] ?? 0 })),
    discountMinor,
    deliveryMinor,
    taxes,
    taxMinor: sum(taxes.map((tax) => tax.taxMinor)),
    taxAddedMinor,
    totalMinor: itemsMinor - discountMinor + deliveryMinor + taxAddedMinor,
  }
}

function discountOnItems(discount: Discount | null, itemsMinor: number): number {
  if (discount?.kind === 'percent') return Math.min(partOf(itemsMinor, discount.value, 10_000), itemsMinor)
  if (discount?.kind === 'amount') return Math.min(discount.value, itemsMinor)
  return 0
}

function sum(amounts: number[]): number {
  return amounts.reduce((all, one) => all + one, 0)
}
