import { changeVariant, findProduct, findVariant, saveProductTraits } from '../../db/catalogue.ts'
import { listTaxRates } from '../../db/tax-rates.ts'
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

export interface ProductEdit {
  id: number
  status?: 'active' | 'draft' | undefined
  digital?: boolean | undefined
  /** Null counts at the usual rate. */
  taxRateId?: number | null | undefined
  actor: Actor
}

/**
 * Shows a product to customers or hides it, says whether it is digital, and which tax it bears; what is left out stays.
 * Throws a ShopError: not_found, or invalid for a tax rate there is not.
 */
export function editProduct(work: Work, { id, actor, ...edit }: ProductEdit): void {
  const before = findProduct(work.tx, id)
  if (!before) throw new ShopError('not_found', 'There is no such product.')
  const { status, digital, taxRateId } = edit
  if (taxRateId != null && !listTaxRates(work.tx).some((rate) => rate.id === taxRateId)) {
    throw new ShopError('invalid', 'There is no such tax rate.', { field: 'taxRateId' })
  }
  saveProductTraits(work.tx, {
    id,
    status: status ?? before.status,
    digital: digital === undefined ? before.digital : digital ? 1 : 0,
    taxRateId: taxRateId === undefined ? before.tax_rate_id : taxRateId,
    now: work.now,
  })
  recordEvent(work, { type: 'product_changed', orderId: null, actor, data: { product: id, ...edit } })
}
