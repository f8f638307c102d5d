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

export function saveProductStatus(id: number, status: 'active' | 'draft'): Promise<Product> {
  return request<Product>(`/products/${id}`, { method: 'PATCH', body: { status } })
}
