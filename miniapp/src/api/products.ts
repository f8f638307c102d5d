import type { Product, ProductList, VariantBody } from '../../../src/http/contract/product.ts'
import { request } from './request.ts'

export type Variant = Product['variants'][number]

export function fetchProducts(search: string, after?: string): Promise<ProductList> {
  const params = new URLSearchParams({ search })
  if (after) params.set('after', after)
  return request<ProductList>(`/products?${params}`)
}

export function saveVariant(id: number, body: VariantBody): Promise<Variant> {
  return request<Variant>(`/variants/${id}`, { method: 'PATCH', body })
}

export interface ProductChange {
  status?: 'active' | 'draft'
  digital?: boolean
  /** Null counts at the usual rate. */
  taxRateId?: number | null
}

export function saveProduct(id: number, change: ProductChange): Promise<Product> {
  return request<Product>(`/products/${id}`, { method: 'PATCH', body: change })
}
