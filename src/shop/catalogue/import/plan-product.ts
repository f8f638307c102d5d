import type { CategoryRow, ImageRow, ProductRow, VariantRow } from '../../../db/catalogue.ts'
import type { CatalogueExcerpt } from '../../../db/catalogue-import.ts'
import type { Flag, ProductStatus } from '../../../db/schema.ts'
import { categorySlug } from './category-slug.ts'
import type { ImportedProduct } from './imported-product.ts'
import { planVariants, type VariantWrite } from './plan-variants.ts'
import type { Complain } from './reading.ts'

/** What a product will be after the import, beside what it is now. */
export interface ProductPlan {
  imported: ImportedProduct
  before:
    | { product: ProductRow; variants: VariantRow[]; images: ImageRow[]; category: CategoryRow | undefined }
    | undefined
  title: string
  description: string
  /** The category; its id is null when the import will add it. */
  category: { id: number | null; name: string }
  status: ProductStatus
  digital: Flag
  optionNames: string[]
  /** All variants that are new, in the file, or to be taken off sale. */
  variants: VariantWrite[]
  /** The pictures' links, or undefined to leave the pictures alone. */
  imageUrls: string[] | undefined
}

const NO_CATEGORY = 'Other'

/** Works out what the product would become. Calls `refuse` when the file does not say enough. */
export function planProduct(
  imported: ImportedProduct,
  excerpt: ExcerptIndex,
  say: { refuse: Complain; note: Complain },
): ProductPlan {
  const before = excerpt.find(imported.handle)
  const optionNames = before ? (JSON.parse(before.product.option_names) as string[]) : []
  const plan: ProductPlan = {
    imported,
    before,
    title: imported.title,
    description: imported.description ?? before?.product.description ?? '',
    category:
      (imported.category ? undefined : before?.category) ??
      excerpt.category(imported.category ?? NO_CATEGORY),
    status: imported.status ?? before?.product.status ?? 'active',
    digital: imported.digital === undefined ? (before?.product.digital ?? 0) : imported.digital ? 1 : 0,
    optionNames: imported.optionNames ?? optionNames,
    variants: [],
    imageUrls: planImages(imported, before?.images ?? [], say.note),
  }
  if (imported.variants)
    plan.variants = planVariants(imported, imported.variants, before?.variants ?? [], say.refuse)
  else if (!before) say.refuse(imported.row, 'is new, and the file has no column with its price')
  return plan
}

function planImages(imported: ImportedProduct, now: ImageRow[], note: Complain): string[] | undefined {
  if (imported.imageUrls.length === 0) return undefined
  if (now.some((image) => image.file !== null)) {
    note(imported.row, 'keeps the pictures that were uploaded in the shop')
    return undefined
  }
  return imported.imageUrls
}

export type ExcerptIndex = ReturnType<typeof indexExcerpt>

/** Makes the excerpt's products findable by handle, and its categories by name. */
export function indexExcerpt(excerpt: CatalogueExcerpt) {
  const categories = new Map(excerpt.categories.map((category) => [category.id, category]))
  const slugs = new Map(excerpt.categories.map((category) => [category.slug, category]))
  const variants = Map.groupBy(excerpt.variants, (variant) => variant.product_id)
  const images = Map.groupBy(excerpt.images, (image) => image.product_id)
  const products = new Map(excerpt.products.map((product) => [product.handle, product]))

  function find(handle: string): ProductPlan['before'] {
    const product = products.get(handle)
    if (!product) return undefined
    return {
      product,
      variants: variants.get(product.id) ?? [],
      images: images.get(product.id) ?? [],
      category: categories.get(product.category_id ?? 0),
    }
  }

  function category(name: string): ProductPlan['category'] {
    return slugs.get(categorySlug(name)) ?? { id: null, name }
  }

  return { find, category }
}
