import { sql as raw } from 'kysely'
import type { CategoryRow, ImageRow, ProductRow, VariantRow } from './catalogue.ts'
import type { Reader, Tx } from './database.ts'
import { askForPicture } from './fetched-pictures.ts'
import type { Flag, ProductStatus } from './schema.ts'
import { sql, statement } from './statement.ts'

const allCategories = statement()(() => sql.selectFrom('categories').selectAll().orderBy('position'))

const productsByHandle = statement<{ handles: string }>()((p) =>
  sql
    .selectFrom('products')
    .selectAll()
    .where('handle', 'in', raw<string>`(select value from json_each(${p.handles}))`),
)

const variantsOfProducts = statement<{ ids: string }>()((p) =>
  sql
    .selectFrom('variants')
    .selectAll()
    .where('product_id', 'in', raw<number>`(select value from json_each(${p.ids}))`)
    .orderBy('position')
    .orderBy('id'),
)

const imagesOfProducts = statement<{ ids: string }>()((p) =>
  sql
    .selectFrom('product_images')
    .selectAll()
    .where('product_id', 'in', raw<number>`(select value from json_each(${p.ids}))`)
    .orderBy('position'),
)

const skuOwners = statement<{ skus: string }>()((p) =>
  sql
    .selectFrom('variants')
    .innerJoin('products', 'products.id', 'variants.product_id')
    .select(['variants.id', 'variants.sku', 'variants.active', 'products.handle', 'products.status'])
    .where('sku', 'in', raw<string>`(select value from json_each(${p.skus}))`),
)

const lastPosition = statement()(() =>
  sql.selectFrom('categories').select('position').orderBy('position', 'desc').limit(1),
)

const bySlug = statement<{ slug: string }>()((p) =>
  sql.selectFrom('categories').select('id').where('slug', '=', p.slug),
)

const insertCategory = statement<{ slug: string; name: string; position: number }>()((p) =>
  sql.insertInto('categories').values({ slug: p.slug, name: p.name, position: p.position }),
)

export interface ProductValues {
  handle: string
  categoryId: number | null
  title: string
  description: string
  /** JSON array of strings. */
  optionNames: string
  status: ProductStatus
  digital: Flag
}

const insertProduct = statement<ProductValues & { now: number }>()((p) =>
  sql.insertInto('products').values({
    handle: p.handle,
    category_id: p.categoryId,
    title: p.title,
    description: p.description,
    option_names: p.optionNames,
    status: p.status,
    digital: p.digital,
    created_at: p.now,
    updated_at: p.now,
  }),
)

const updateProduct = statement<ProductValues & { id: number; now: number }>()((p) =>
  sql
    .updateTable('products')
    .set({
      category_id: p.categoryId,
      title: p.title,
      description: p.description,
      option_names: p.optionNames,
      status: p.status,
      digital: p.digital,
      updated_at: p.now,
    })
    .where('id', '=', p.id),
)

export interface VariantValues {
  sku: string | null
  title: string
  /** JSON array of strings. */
  options: string
  priceMinor: number
  available: number
  position: number
  active: Flag
}

const insertVariant = statement<VariantValues & { productId: number }>()((p) =>
  sql.insertInto('variants').values({
    product_id: p.productId,
    sku: p.sku,
    title: p.title,
    options: p.options,
    price_minor: p.priceMinor,
    available: p.available,
    position: p.position,
    active: p.active,
  }),
)

// What is reserved for orders is never touched: it is not the file's to know.
const updateVariant = statement<VariantValues & { id: number }>()((p) =>
  sql
    .updateTable('variants')
    .set({
      sku: p.sku,
      title: p.title,
      options: p.options,
      price_minor: p.priceMinor,
      available: p.available,
      position: p.position,
      active: p.active,
    })
    .where('id', '=', p.id),
)

const releaseSku = statement<{ id: number }>()((p) =>
  sql.updateTable('variants').set({ sku: null }).where('id', '=', p.id),
)

const deleteImages = statement<{ productId: number }>()((p) =>
  sql.deleteFrom('product_images').where('product_id', '=', p.productId),
)

const insertImage = statement<{
  productId: number
  position: number
  url: string
  telegramFileId: string | null
}>()((p) =>
  sql.insertInto('product_images').values({
    product_id: p.productId,
    position: p.position,
    url: p.url,
    telegram_file_id: p.telegramFileId,
  }),
)

const insertPicture = statement<{ productId: number; position: number; file: string }>()((p) =>
  sql.insertInto('product_images').values({ product_id: p.productId, position: p.position, file: p.file }),
)

export interface SkuOwner {
  id: number
  sku: string | null
  active: Flag
  handle: string
  status: ProductStatus
}

/** The part of the catalogue that a product file is compared with. */
export interface CatalogueExcerpt {
  categories: CategoryRow[]
  products: ProductRow[]
  /** Of these products, those no longer sold included. */
  variants: VariantRow[]
  images: ImageRow[]
  /** Who in the whole shop has one of the file's SKUs. */
  skuOwners: SkuOwner[]
}

export function readExcerpt(db: Reader, file: { handles: string[]; skus: string[] }): CatalogueExcerpt {
  const products = db.all(productsByHandle({ handles: JSON.stringify(file.handles) }))
  const ids = JSON.stringify(products.map((product) => product.id))
  return {
    categories: db.all(allCategories({})),
    products,
    variants: db.all(variantsOfProducts({ ids })),
    images: db.all(imagesOfProducts({ ids })),
    skuOwners: db.all(skuOwners({ skus: JSON.stringify(file.skus) })),
  }
}

export function lastCategoryPosition(db: Reader): number {
  return db.first(lastPosition({}))?.position ?? 0
}

export function findCategoryBySlug(db: Reader, slug: string): number | undefined {
  return db.first(bySlug({ slug }))?.id
}

export function addCategory(tx: Tx, category: Parameters<typeof insertCategory>[0]): number {
  return tx.run(insertCategory(category)).id
}

export function addProduct(tx: Tx, product: ProductValues & { now: number }): number {
  return tx.run(insertProduct(product)).id
}

export function changeProduct(tx: Tx, product: ProductValues & { id: number; now: number }): void {
  tx.run(updateProduct(product))
}

export function addVariant(tx: Tx, variant: VariantValues & { productId: number }): number {
  return tx.run(insertVariant(variant)).id
}

/** Sets everything about a variant but what is reserved. */
export function replaceVariant(tx: Tx, variant: VariantValues & { id: number }): void {
  tx.run(updateVariant(variant))
}

/** Takes a variant's SKU away, so that another can have it. */
export function clearSku(tx: Tx, id: number): void {
  tx.run(releaseSku({ id }))
}

/** Replaces a product's pictures by links, in this order, and has them fetched. */
export function replaceImages(
  tx: Tx,
  productId: number,
  images: { url: string; telegramFileId: string | null }[],
): void {
  tx.run(deleteImages({ productId }))
  for (const [position, image] of images.entries()) {
    tx.run(insertImage({ productId, position, ...image }))
    askForPicture(tx, image.url)
  }
}

/** Adds a picture that lies in DATA_DIR/media under this name. */
export function addPicture(tx: Tx, picture: { productId: number; position: number; file: string }): number {
  return tx.run(insertPicture(picture)).id
}
