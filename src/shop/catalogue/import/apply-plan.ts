import type { ImageRow } from '../../../db/catalogue.ts'
import {
  addCategory,
  addProduct,
  addVariant,
  changeProduct,
  clearSku,
  findCategoryBySlug,
  lastCategoryPosition,
  replaceImages,
  replaceVariant,
} from '../../../db/catalogue-import.ts'
import type { Tx } from '../../../db/database.ts'
import { categorySlug } from './category-slug.ts'
import type { ImportPlan } from './plan-import.ts'
import type { ProductPlan } from './plan-product.ts'

/** As many products as are written in a millisecond or two: the running shop waits for each transaction. */
const PRODUCTS_A_WRITE = 100

/** What a plan writes, in short pieces: one after the other, each in a transaction of its own. */
export function writesOf(plan: ImportPlan, now: number): ((tx: Tx) => void)[] {
  const products = [...plan.changed.map((changed) => changed.plan), ...plan.added]
  const writes: ((tx: Tx) => void)[] = []
  // Before all others, as somebody else is to have them.
  if (plan.releasedSkuIds.length > 0) {
    writes.push((tx) => {
      for (const id of plan.releasedSkuIds) clearSku(tx, id)
    })
  }
  for (let i = 0; i < products.length; i += PRODUCTS_A_WRITE) {
    const some = products.slice(i, i + PRODUCTS_A_WRITE)
    writes.push((tx) => {
      for (const one of some) writeProduct(tx, one, categoryId(tx, one.category), now)
    })
  }
  return writes
}

/** A category's id; one that is not there yet is added. */
function categoryId(tx: Tx, { id, name }: ProductPlan['category']): number {
  const slug = categorySlug(name)
  return (
    id ??
    findCategoryBySlug(tx, slug) ??
    addCategory(tx, { slug, name, position: lastCategoryPosition(tx) + 1 })
  )
}

function writeProduct(tx: Tx, plan: ProductPlan, categoryId: number, now: number): void {
  const { before } = plan
  const values = {
    handle: plan.imported.handle,
    categoryId,
    title: plan.title,
    description: plan.description,
    optionNames: JSON.stringify(plan.optionNames),
    status: plan.status,
    digital: plan.digital,
    now,
  }
  const id = before?.product.id ?? addProduct(tx, values)
  if (before) changeProduct(tx, { id, ...values })
  for (const variant of plan.variants) {
    if (variant.id === null) addVariant(tx, { ...variant, productId: id })
    else replaceVariant(tx, { ...variant, id: variant.id })
  }
  if (plan.imageUrls) writeImages(tx, id, plan.imageUrls, before?.images ?? [])
}

function writeImages(tx: Tx, productId: number, urls: string[], before: ImageRow[]): void {
  if (JSON.stringify(urls) === JSON.stringify(before.map((image) => image.url))) return
  // A picture Telegram has already fetched keeps its id there, wherever it moves to.
  const fileIds = new Map(before.map((image) => [image.url, image.telegram_file_id]))
  const images = urls.map((url) => ({ url, telegramFileId: fileIds.get(url) ?? null }))
  replaceImages(tx, productId, images)
}
