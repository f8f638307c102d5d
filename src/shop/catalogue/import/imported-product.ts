import type { ProductStatus } from '../../../db/schema.ts'

/** A product as the file tells it. Undefined is what the file does not say: that stays as it is in the shop. */
export interface ImportedProduct {
  handle: string
  /** The row the product begins in. */
  row: number
  title: string
  description: string | undefined
  category: string | undefined
  status: ProductStatus | undefined
  /** Whether nothing of it has to be brought or fetched. */
  digital: boolean | undefined
  /** Empty for a product that comes in one kind only, undefined when the file has no option columns. */
  optionNames: string[] | undefined
  /** Undefined when the file has no column about variants at all. */
  variants: ImportedVariant[] | undefined
  /** Links in the order in which they are shown; empty when the file has none for this product. */
  imageUrls: string[]
}

export interface ImportedVariant {
  row: number
  /** One value for each option name. */
  options: string[]
  sku: string | undefined
  priceMinor: number | undefined
  available: number | undefined
}

export const LIMITS = {
  handle: 200,
  title: 200,
  option: 80,
  sku: 80,
  category: 80,
  html: 200_000,
  description: 4000,
  variants: 100,
  images: 10,
  imageUrl: 2000,
  stock: 1_000_000,
  priceMinor: 10_000_000_000,
} as const
