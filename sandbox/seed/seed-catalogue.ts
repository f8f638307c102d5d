import { listVariantsOfProducts } from '../../src/db/catalogue.ts'
import { addCategory, addProduct, addVariant, readExcerpt } from '../../src/db/catalogue-import.ts'
import type { Tx } from '../../src/db/database.ts'
import { type Chance, chanceFrom } from './chance.ts'

/** What a made-up order can hold. */
export interface SeedVariant {
  id: number
  title: string
  variantTitle: string
  sku: string | null
  priceMinor: number
}

const SHELVES: Record<string, string[]> = {
  Coffee: ['Espresso', 'Filter coffee', 'Decaf', 'Cold brew', 'Coffee sampler'],
  Tea: ['Green tea', 'Black tea', 'Rooibos', 'Verbena', 'Chai'],
  Ceramics: ['Mug', 'Bowl', 'Plate', 'Vase', 'Teapot'],
  Plants: ['Snake plant', 'Monstera', 'Cactus', 'Fern', 'Olive tree'],
  Candles: ['Fig candle', 'Cedar candle', 'Beeswax candle', 'Tea lights', 'Candle holder'],
  Linen: ['Tea towel', 'Napkins', 'Apron', 'Tablecloth', 'Bread bag'],
}
const MAKERS = ['of the house', 'from the valley', 'by Inês', 'from the coast']
const SIZES = ['Small', 'Medium', 'Large']

/** The made-up catalogue of 120 products, added where it is not there yet. The same on every run. */
export function seedCatalogue(tx: Tx, now: number): SeedVariant[] {
  const chance = chanceFrom(1)
  const variants: SeedVariant[] = []
  for (const [shelf, things] of Object.entries(SHELVES)) {
    const slug = `seed-${shelf.toLowerCase()}`
    const { categories } = readExcerpt(tx, { handles: [], skus: [] })
    const known = categories.find((category) => category.slug === slug)
    const categoryId = known?.id ?? addCategory(tx, { slug, name: shelf, position: categories.length + 1 })
    for (const thing of things) {
      for (const maker of MAKERS)
        variants.push(...seedProduct(tx, chance, `${thing} ${maker}`, categoryId, now))
    }
  }
  return variants
}

function seedProduct(tx: Tx, chance: Chance, title: string, categoryId: number, now: number): SeedVariant[] {
  const handle = `seed-${title.toLowerCase().replace(/[^a-z]+/g, '-')}`
  const sizes = chance.happens(0.4) ? SIZES : ['']
  const basePrice = chance.between(6, 60) * 50
  const stocks = sizes.map(() => chance.between(0, 400))
  const [existing] = readExcerpt(tx, { handles: [handle], skus: [] }).products
  const productId =
    existing?.id ?? newProduct(tx, { handle, title, categoryId, hasSizes: sizes.length > 1, now })
  if (!existing) {
    sizes.forEach((size, position) => {
      const options = JSON.stringify(size ? [size] : [])
      const values = {
        productId,
        sku: `${handle}-${position}`,
        title: size,
        options,
        position,
        active: 1 as const,
      }
      addVariant(tx, { ...values, priceMinor: basePrice * (position + 1), available: stocks[position] ?? 0 })
    })
  }
  return listVariantsOfProducts(tx, [productId]).map((row) => ({
    id: row.id,
    title,
    variantTitle: row.title,
    sku: row.sku,
    priceMinor: row.price_minor,
  }))
}

function newProduct(
  tx: Tx,
  product: { handle: string; title: string; categoryId: number; hasSizes: boolean; now: number },
): number {
  const { hasSizes, ...values } = product
  return addProduct(tx, {
    ...values,
    description: `${product.title}, made in small numbers.`,
    optionNames: JSON.stringify(hasSizes ? ['Size'] : []),
    status: 'active',
    digital: 0,
  })
}
