import { signal } from '@preact/signals'
import type { Product, ProductList } from '../../../src/http/contract/product.ts'
import { fetchProducts, type Variant } from '../api/products.ts'
import { sentenceOf } from '../api/request.ts'

interface Shelf extends ProductList {
  search: string
}

/** The products on the screen; undefined until they are there. */
export const shelf = signal<Shelf | undefined>(undefined)
export const shelfProblem = signal<string | undefined>(undefined)
export const productSearch = signal('')

let asked = 0

/** Loads the products that match the search, from the top. */
export async function loadProducts(): Promise<void> {
  const search = productSearch.peek()
  await load(search, undefined)
}

export async function loadMoreProducts(): Promise<void> {
  const shown = shelf.peek()
  if (shown?.next) await load(shown.search, shown.next)
}

async function load(search: string, after: string | undefined): Promise<void> {
  const asking = ++asked
  try {
    const page = await fetchProducts(search, after)
    // An older search may answer after a newer one.
    if (asking !== asked) return
    const before = after ? (shelf.peek()?.products ?? []) : []
    shelf.value = { search, products: [...before, ...page.products], next: page.next }
    shelfProblem.value = undefined
  } catch (error) {
    if (asking === asked) shelfProblem.value = sentenceOf(error)
  }
}

export function showProduct(product: Product): void {
  changeProducts((one) => (one.id === product.id ? product : one))
}

export function showVariant(variant: Variant): void {
  changeProducts((product) => ({
    ...product,
    variants: product.variants.map((one) => (one.id === variant.id ? variant : one)),
  }))
}

function changeProducts(change: (product: Product) => Product): void {
  const shown = shelf.peek()
  if (shown) shelf.value = { ...shown, products: shown.products.map(change) }
}
