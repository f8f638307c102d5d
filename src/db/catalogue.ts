import { sql as raw, type Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type CategoryRow = Selectable<Tables['categories']>
export type ProductRow = Selectable<Tables['products']>
export type VariantRow = Selectable<Tables['variants']>
/** Rows that may be remembered, and so must stay as they are. */
type Kept<R> = readonly Readonly<R>[]
export type ImageRow = Selectable<Tables['product_images']>

const categories = statement()(() =>
  sql
    .selectFrom('categories')
    .selectAll()
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('products')
          .select('products.id')
          .whereRef('products.category_id', '=', 'categories.id')
          .where('products.status', '=', 'active'),
      ),
    )
    .orderBy('position')
    .orderBy('name'),
)

const category = statement<{ id: number }>()((p) =>
  sql.selectFrom('categories').selectAll().where('id', '=', p.id),
)

const listing = sql
  .selectFrom('products')
  .innerJoin('variants', 'variants.product_id', 'products.id')
  .where('products.status', '=', 'active')
  .where('variants.active', '=', 1)
  .groupBy('products.id')
  .select((eb) => [
    'products.id',
    'products.title',
    eb.fn.min('variants.price_minor').as('price_from_minor'),
    eb.fn.max('variants.price_minor').as('price_to_minor'),
    eb.fn.sum<number>('variants.available').as('available'),
  ])
  .orderBy('products.title')

const productsOfCategory = statement<{ categoryId: number; limit: number; offset: number }>()((p) =>
  listing.where('products.category_id', '=', p.categoryId).limit(p.limit).offset(p.offset),
)

const productsOfNoCategory = statement<{ limit: number; offset: number }>()((p) =>
  listing.where('products.category_id', 'is', null).limit(p.limit).offset(p.offset),
)

const productsByTitle = statement<{ pattern: string; limit: number }>()((p) =>
  listing.where('products.title', 'like', p.pattern).limit(p.limit),
)

const product = statement<{ id: number }>()((p) =>
  sql.selectFrom('products').selectAll().where('id', '=', p.id),
)

const variantsOf = statement<{ productId: number }>()((p) =>
  sql
    .selectFrom('variants')
    .selectAll()
    .where('product_id', '=', p.productId)
    .where('active', '=', 1)
    .orderBy('position')
    .orderBy('id'),
)

const variant = statement<{ id: number }>()((p) =>
  sql
    .selectFrom('variants')
    .innerJoin('products', 'products.id', 'variants.product_id')
    .selectAll('variants')
    .select(['products.title as product_title', 'products.status as product_status', 'products.category_id'])
    .where('variants.id', '=', p.id),
)

/** A picture with what was fetched of it: the files in the chat's size and the list's, or why they are not here. */
const pictures = sql
  .selectFrom('product_images')
  .leftJoin('fetched_pictures as fetched', 'fetched.url', 'product_images.url')
  .selectAll('product_images')
  .select(['fetched.file as fetched_file', 'fetched.small', 'fetched.trouble'])

const firstImage = statement<{ productId: number }>()((p) =>
  pictures.where('product_id', '=', p.productId).orderBy('position').limit(1),
)

const setFileId = statement<{ id: number; fileId: string }>()((p) =>
  sql.updateTable('product_images').set({ telegram_file_id: p.fileId }).where('id', '=', p.id),
)

// The whole rule against overselling: the row changes only while enough is available.
const reserve = statement<{ id: number; quantity: number }>()((p) =>
  sql
    .updateTable('variants')
    .set((eb) => ({ available: eb('available', '-', p.quantity), reserved: eb('reserved', '+', p.quantity) }))
    .where('id', '=', p.id)
    .where('available', '>=', p.quantity),
)

const release = statement<{ id: number; quantity: number }>()((p) =>
  sql
    .updateTable('variants')
    .set((eb) => ({ available: eb('available', '+', p.quantity), reserved: eb('reserved', '-', p.quantity) }))
    .where('id', '=', p.id),
)

const shipOut = statement<{ id: number; quantity: number }>()((p) =>
  sql
    .updateTable('variants')
    .set((eb) => ({ reserved: eb('reserved', '-', p.quantity) }))
    .where('id', '=', p.id),
)

// Titles repeat, so that a page ends at a title and an id.
const productsForStaff = statement<{ words: string; after: number; limit: number }>()((p) =>
  sql
    .selectFrom('products')
    .leftJoin('categories', 'categories.id', 'products.category_id')
    .select([
      'products.id',
      'products.title',
      'products.status',
      'products.digital',
      'products.tax_rate_id',
      'categories.name as category',
    ])
    .where('products.status', '<>', 'archived')
    .where('products.title', 'like', p.words)
    .where(
      raw<boolean>`(products.title, products.id) > (coalesce((select title from products where id = ${p.after}), ''), ${p.after})`,
    )
    .orderBy('products.title')
    .orderBy('products.id')
    .limit(p.limit),
)

const updateVariant = statement<{
  id: number
  priceMinor: number
  available: number
  seenAvailable: number
}>()((p) =>
  sql
    .updateTable('variants')
    .set({ price_minor: p.priceMinor, available: p.available })
    .where('id', '=', p.id)
    .where('available', '=', p.seenAvailable),
)

const updateProduct = statement<
  { id: number; taxRateId: number | null; now: number } & Pick<ProductRow, 'status' | 'digital'>
>()((p) =>
  sql
    .updateTable('products')
    .set({ status: p.status, digital: p.digital, tax_rate_id: p.taxRateId, updated_at: p.now })
    .where('id', '=', p.id),
)

export type PictureRow = ImageRow & {
  fetched_file: string | null
  small: string | null
  trouble: string | null
}

export interface ProductListing {
  id: number
  title: string
  price_from_minor: number
  price_to_minor: number
  available: number
}

export type VariantWithProduct = VariantRow & {
  product_title: string
  product_status: ProductRow['status']
  category_id: number | null
}

/** Categories that have something to sell. */
export function listCategories(db: Reader): Kept<CategoryRow> {
  return db.keep(categories({}), ['categories', 'products'])
}

export function findCategory(db: Reader, id: number): CategoryRow | undefined {
  return db.first(category({ id }))
}

/** A page of a category's active products by title, sold-out ones included; null lists those without a category. */
export function listProducts(
  db: Reader,
  page: { categoryId: number | null; limit: number; offset: number },
): Kept<ProductListing> {
  const { categoryId, ...range } = page
  return db.keep(
    categoryId === null ? productsOfNoCategory(range) : productsOfCategory({ categoryId, ...range }),
    ['products', 'variants'],
  )
}

const MAX_SEARCH = 64

/** Active products with `words` in the title, by title. */
export function searchProducts(db: Reader, words: string, limit: number): Kept<ProductListing> {
  const clean = words.slice(0, MAX_SEARCH).replace(/[%_]/g, ' ').trim()
  return clean ? db.keep(productsByTitle({ pattern: `%${clean}%`, limit }), ['products', 'variants']) : []
}

export function findProduct(db: Reader, id: number): ProductRow | undefined {
  return db.first(product({ id }))
}

export function listVariants(db: Reader, productId: number): VariantRow[] {
  return db.all(variantsOf({ productId }))
}

export function findVariant(db: Reader, id: number): VariantWithProduct | undefined {
  return db.first(variant({ id }))
}

export function findImage(db: Reader, productId: number): PictureRow | undefined {
  return db.first(firstImage({ productId }))
}

/** Remembers the id under which Telegram keeps a picture, so that it is uploaded once. */
export function saveTelegramFileId(tx: Tx, imageId: number, fileId: string): void {
  tx.run(setFileId({ id: imageId, fileId }))
}

/** Takes `quantity` from what is available for an order. Returns false, changing nothing, when there is not enough. */
export function reserveStock(tx: Tx, variantId: number, quantity: number): boolean {
  return tx.run(reserve({ id: variantId, quantity })).changes === 1
}

export function releaseStock(tx: Tx, variantId: number, quantity: number): void {
  tx.run(release({ id: variantId, quantity }))
}

/** Reserved stock leaves the shop; a negative quantity brings it back. */
export function shipStock(tx: Tx, variantId: number, quantity: number): void {
  tx.run(shipOut({ id: variantId, quantity }))
}

export type StaffProductRow = Pick<ProductRow, 'id' | 'title' | 'status' | 'digital' | 'tax_rate_id'> & {
  category: string | null
}

/** Products by title for the panel, those with `words` in the title, from behind the product `after`. */
export function listProductsForStaff(
  db: Reader,
  page: { words: string; after?: number | undefined; limit: number },
): Kept<StaffProductRow> {
  const words = `%${page.words.replace(/[%_]/g, '')}%`
  const query = productsForStaff({ words, after: page.after ?? 0, limit: page.limit })
  return db.keep(query, ['products', 'categories'])
}

const variantsOfMany = statement<{ ids: string }>()((p) =>
  sql
    .selectFrom('variants')
    .selectAll()
    .where('product_id', 'in', raw<number>`(select value from json_each(${p.ids}))`)
    .where('active', '=', 1)
    .orderBy('position')
    .orderBy('id'),
)

const imagesOfMany = statement<{ ids: string }>()((p) =>
  pictures
    .where('product_id', 'in', raw<number>`(select value from json_each(${p.ids}))`)
    .where('position', '=', 0),
)

export function listVariantsOfProducts(db: Reader, productIds: number[]): Kept<VariantRow> {
  return db.keep(variantsOfMany({ ids: JSON.stringify(productIds) }), ['variants'])
}

/** The first picture of each product that has one. */
export function listImagesOfProducts(db: Reader, productIds: number[]): Kept<PictureRow> {
  return db.keep(imagesOfMany({ ids: JSON.stringify(productIds) }), ['product_images', 'fetched_pictures'])
}

/** Sets price and available stock, unless somebody bought or changed stock since `seenAvailable` was read. */
export function changeVariant(tx: Tx, change: Parameters<typeof updateVariant>[0]): boolean {
  return tx.run(updateVariant(change)).changes === 1
}

export function saveProductTraits(tx: Tx, change: Parameters<typeof updateProduct>[0]): void {
  tx.run(updateProduct(change))
}
