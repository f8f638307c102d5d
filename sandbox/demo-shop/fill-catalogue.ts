import { changeVariant, findVariant } from '../../src/db/catalogue.ts'
import { addCategory, addPicture, addProduct, addVariant } from '../../src/db/catalogue-import.ts'
import type { Tx } from '../../src/db/database.ts'
import { type Goods, SHELVES } from './goods.ts'
import { pictureFile } from './pictures/draw-pictures.ts'

/** Enough on the shelf for every order the demo's past will see; the count at the end sets today's stock. */
const OPENING_STOCK = 1000

/** Adds the shelves with everything on them. Returns each variant's id by its SKU. */
export function fillCatalogue(tx: Tx, now: number): Map<string, number> {
  const variantIds = new Map<string, number>()
  SHELVES.forEach(({ name, goods }, position) => {
    const slug = name.toLowerCase().replace(/[^a-z]+/g, '-')
    const categoryId = addCategory(tx, { slug, name, position: position + 1 })
    for (const one of goods) addGoods(tx, one, { categoryId, now, variantIds })
  })
  return variantIds
}

function addGoods(
  tx: Tx,
  goods: Goods,
  { categoryId, now, variantIds }: { categoryId: number; now: number; variantIds: Map<string, number> },
): void {
  const { handle, title, description, option, digital } = goods
  const optionNames = JSON.stringify(option ? [option] : [])
  const productId = addProduct(tx, {
    handle,
    categoryId,
    title,
    description,
    optionNames,
    status: 'active',
    digital: digital ? 1 : 0,
    now,
  })
  addPicture(tx, { productId, position: 0, file: pictureFile(handle) })
  goods.kinds.forEach(({ name = '', sku, priceMinor }, position) => {
    const options = JSON.stringify(name ? [name] : [])
    const values = { productId, sku, title: name, options, priceMinor, position, active: 1 as const }
    variantIds.set(sku, addVariant(tx, { ...values, available: OPENING_STOCK }))
  })
}

/** Counts the shelves: sets what is available to what the demo is to begin with. Reserved stock stays reserved. */
export function countShelves(tx: Tx, variantIds: Map<string, number>): void {
  for (const { sku, stock } of SHELVES.flatMap(({ goods }) => goods.flatMap(({ kinds }) => kinds))) {
    const variant = findVariant(tx, variantIds.get(sku) ?? 0)
    if (!variant) throw new Error(`the demo shop has no ${sku}`)
    const { id, price_minor: priceMinor, available: seenAvailable } = variant
    changeVariant(tx, { id, priceMinor, available: stock, seenAvailable })
  }
}
