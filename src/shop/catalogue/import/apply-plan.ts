import type { ImageRow } from '../../../db/catalogue.ts'
import {
  addCategory,
  addProduct,
  addVariant,
  changeProduct,
  clearSku,
  lastCategoryPosition,
  replaceImages,
  replaceVariant,
} from '../../../db/catalogue-import.ts'
import type { Tx } from '../../../db/database.ts'
import { categorySlug } from './category-slug.ts'
import type { ImportPlan } from './plan-import.ts'
import type { ProductPlan } from './plan-product.ts'

/** Writes a plan that was made in the same transaction. */
export function applyPlan(tx: Tx, plan: ImportPlan, now: number): void {
  const categoryId = categoryAdder(tx)
  for (const id of plan.releasedSkuIds) clearSku(tx, id)
  for (const product of [...plan.changed.map((changed) => changed.plan), ...plan.added]) {
    writeProduct(tx, product, categoryId(product.category), now)
  }
}

/** Gives a category's id, adding it the first time a new one is asked for. */
function categoryAdder(tx: Tx): (category: ProductPlan['category']) => number {
  const added = new Map<string, number>()
  return ({ id, name }) => {
    const slug = categorySlug(name)
    const known = id ?? added.get(slug)
    if (known !== undefined) return known
    const newId = addCategory(tx, { slug, name, position: lastCategoryPosition(tx) + 1 })
    added.set(slug, newId)
    return newId
  }
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
