import type { VariantRow } from '../../../db/catalogue.ts'
import type { VariantValues } from '../../../db/catalogue-import.ts'
import type { ImportedProduct, ImportedVariant } from './imported-product.ts'
import type { Complain } from './reading.ts'

/** What a variant will be; `id` is null and `before` undefined for a new one. */
export type VariantWrite = VariantValues & { id: number | null; before: VariantRow | undefined }

/** Works out what becomes of a product's variants: those of the file, and those the file no longer has. */
export function planVariants(
  imported: ImportedProduct,
  wanted: ImportedVariant[],
  now: VariantRow[],
  refuse: Complain,
): VariantWrite[] {
  const matches = matchVariants(wanted, now, imported.optionNames === undefined)
  const keepsOptions = imported.optionNames === undefined && now.length > 0
  const writes = wanted.map((variant, position) => {
    const before = matches.get(variant)
    if (!before && keepsOptions) {
      refuse(variant.row, 'fits no variant in the shop by its SKU, and the file has no option columns')
    }
    if (!before && variant.priceMinor === undefined) refuse(variant.row, 'is a new variant without a price')
    return variantWrite(variant, before, keepsOptions ? (before?.position ?? 0) : position, keepsOptions)
  })
  if (keepsOptions) return writes
  const matched = new Set(matches.values())
  const gone = now.filter((variant) => variant.active === 1 && !matched.has(variant))
  return [...writes, ...gone.map(takenOffSale)]
}

/** Finds each variant's row in the shop: by SKU, then by option values among those left. */
function matchVariants(
  wanted: ImportedVariant[],
  now: VariantRow[],
  withoutOptions: boolean,
): Map<ImportedVariant, VariantRow> {
  const matches = new Map<ImportedVariant, VariantRow>()
  const left = new Set(now)
  function take(variant: ImportedVariant, found: VariantRow | undefined): void {
    if (!found) return
    matches.set(variant, found)
    left.delete(found)
  }
  const bySku = new Map(now.map((variant) => [variant.sku, variant]))
  for (const variant of wanted) if (variant.sku) take(variant, bySku.get(variant.sku))
  const byOptions = new Map([...left].reverse().map((variant) => [variant.options, variant]))
  for (const variant of wanted) {
    if (matches.has(variant)) continue
    const only = withoutOptions && wanted.length === 1 && now.length === 1 ? now[0] : undefined
    take(variant, only ?? byOptions.get(JSON.stringify(variant.options)))
  }
  return matches
}

function variantWrite(
  variant: ImportedVariant,
  before: VariantRow | undefined,
  position: number,
  keepsOptions: boolean,
): VariantWrite {
  const sameTitle = keepsOptions && before
  return {
    id: before?.id ?? null,
    before,
    sku: variant.sku ?? before?.sku ?? null,
    title: sameTitle ? before.title : variant.options.join(' / '),
    options: sameTitle ? before.options : JSON.stringify(variant.options),
    priceMinor: variant.priceMinor ?? before?.price_minor ?? 0,
    available: variant.available ?? before?.available ?? 0,
    position,
    active: 1,
  }
}

// Its row stays: orders name it, and what they have reserved is still to be sent.
function takenOffSale(before: VariantRow): VariantWrite {
  return {
    id: before.id,
    before,
    sku: before.sku,
    title: before.title,
    options: before.options,
    priceMinor: before.price_minor,
    available: before.available,
    position: before.position,
    active: 0,
  }
}
