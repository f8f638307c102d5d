import { z } from '@hono/zod-openapi'

export const variant = z
  .object({
    id: z.int(),
    title: z.string(),
    sku: z.string().nullable(),
    priceMinor: z.int(),
    available: z.int(),
    reserved: z.int(),
  })
  .openapi('Variant')

export const product = z
  .object({
    id: z.int(),
    title: z.string(),
    category: z.string().nullable(),
    status: z.enum(['active', 'draft', 'archived']),
    image: z.string().nullable(),
    /** Why the picture at its link could not be fetched, in words. */
    imageTrouble: z.string().nullable(),
    /** It reaches the customer as a message: there is nothing to bring or to fetch. */
    digital: z.boolean(),
    /** The tax rate it names; null counts at the usual one. */
    taxRateId: z.int().nullable(),
    variants: z.array(variant),
  })
  .openapi('Product')
export type Product = z.infer<typeof product>

export const productListQuery = z.object({
  search: z.string().trim().max(100).default(''),
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'Pass what the page before gave as next.')
    .optional()
    .openapi({ description: 'What the page before gave as `next`.' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const productList = z
  .object({ products: z.array(product), next: z.string().nullable() })
  .openapi('ProductList')
export type ProductList = z.infer<typeof productList>

export const variantParams = z.object({
  id: z.coerce
    .number()
    .int()
    .min(1)
    .openapi({ param: { name: 'id', in: 'path' } }),
})

export const variantBody = z
  .object({
    priceMinor: z.int().min(0).max(1_000_000_000),
    available: z.int().min(0).max(1_000_000),
    /** The stock the person was looking at; refused when something was sold since. */
    seenAvailable: z.int().min(0),
  })
  .strict()
  .openapi('ChangeVariant')
export type VariantBody = z.infer<typeof variantBody>

export const productBody = z
  .object({
    status: z.enum(['active', 'draft']).optional(),
    digital: z.boolean().optional(),
    taxRateId: z.int().nullable().optional(),
  })
  .strict()
  .openapi('ChangeProduct')
