import { findVariant } from '../../db/catalogue.ts'
import { type CartLineRow, listCart, setCartLine } from '../../db/checkout.ts'
import type { Reader } from '../../db/database.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { type Price, priceCart } from '../pricing/price-cart.ts'
import { readTaxRates, type TaxRates } from '../pricing/read-tax-rates.ts'
import type { TaxRate } from '../pricing/sum-taxes.ts'
import type { Work } from '../work.ts'

export const MAX_QUANTITY = 99
export const MAX_CART_LINES = 30

export interface Cart {
  lines: CartLine[]
  itemCount: number
  /** What can be ordered, before delivery and discounts. */
  price: Price
  /** Nothing in it has to be brought or fetched. */
  digitalOnly: boolean
  /** Lines that cannot be ordered as they are. */
  problems: CartLine[]
}

export interface CartLine {
  variantId: number
  productId: number
  title: string
  variantTitle: string
  sku: string | null
  unitPriceMinor: number
  quantity: number
  totalMinor: number
  available: number
  digital: boolean
  taxRate: TaxRate | null
  /** Why the line cannot be ordered: it is no longer sold, or fewer are left. */
  problem: 'gone' | 'short' | null
}

/** What a person's cart holds, at today's prices and stock. */
export function readCart(db: Reader, personId: number): Cart {
  const rates = readTaxRates(db)
  const lines = listCart(db, personId).map((row) => toLine(row, rates))
  const good = lines.filter((line) => line.problem !== 'gone')
  return {
    lines,
    itemCount: good.reduce((sum, line) => sum + line.quantity, 0),
    price: priceCart({ lines: good, deliveryMinor: 0, deliveryTaxRate: null, discount: null }),
    digitalOnly: good.length > 0 && good.every((line) => line.digital),
    problems: lines.filter((line) => line.problem),
  }
}

function toLine(row: CartLineRow, rates: TaxRates): CartLine {
  const gone = row.status !== 'active' || row.active === 0
  return {
    variantId: row.variant_id,
    productId: row.product_id,
    title: row.title,
    variantTitle: row.variant_title,
    sku: row.sku,
    unitPriceMinor: row.price_minor,
    quantity: row.quantity,
    totalMinor: row.price_minor * row.quantity,
    available: row.available,
    digital: row.digital === 1,
    taxRate: rates.of(row.tax_rate_id),
    problem: gone ? 'gone' : row.available < row.quantity ? 'short' : null,
  }
}

/**
 * Sets how many of a variant a person's cart holds (0 takes it out), so that a press that comes twice does no harm.
 * Throws a ShopError: not_found, invalid, or conflict when fewer are in stock.
 */
export function setCartQuantity(
  work: Work,
  line: { personId: number; variantId: number; quantity: number },
): void {
  const { personId, variantId, quantity } = line
  if (!Number.isInteger(quantity) || quantity < 0 || quantity > MAX_QUANTITY) {
    throw new ShopError('invalid', `Please choose between 1 and ${MAX_QUANTITY}.`)
  }
  if (quantity > 0) checkStock(work.tx, personId, variantId, quantity)
  setCartLine(work.tx, { personId, variantId, quantity, now: work.now })
}

function checkStock(db: Reader, personId: number, variantId: number, quantity: number): void {
  const variant = findVariant(db, variantId)
  if (!variant || variant.active === 0 || variant.product_status !== 'active') {
    throw new ShopError('not_found', 'This is no longer sold.')
  }
  if (variant.available === 0) throw new ShopError('conflict', 'Sold out for now.')
  if (quantity > variant.available) throw new ShopError('conflict', `Only ${variant.available} left.`)
  const lines = listCart(db, personId)
  if (lines.length >= MAX_CART_LINES && !lines.some((line) => line.variant_id === variantId)) {
    throw new ShopError('invalid', `A cart holds ${MAX_CART_LINES} different things at most.`)
  }
}
