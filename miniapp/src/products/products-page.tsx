import { useEffect } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Broken, Empty } from '../parts/notice.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { PageHead } from '../shell/page-head.tsx'
import { ProductCard } from './product-card.tsx'
import { loadMoreProducts, loadProducts, productSearch, shelf, shelfProblem } from './product-list.ts'
import './products-page.css'

/** What the shop sells: price and stock are changed where they stand. */
export function ProductsPage() {
  useEffect(() => void loadProducts(), [])
  return (
    <div class="page">
      <PageHead title="Products">
        <SearchField
          label="Search products"
          value={productSearch.value}
          onSearch={(words) => {
            productSearch.value = words
            void loadProducts()
          }}
        />
      </PageHead>
      <Shelf />
    </div>
  )
}

function Shelf() {
  const shown = shelf.value
  const problem = shelfProblem.value
  if (problem && !shown) return <Broken message={problem} onRetry={() => void loadProducts()} />
  if (!shown) return <RowSkeletons count={6} />
  if (shown.products.length === 0) return <NoProducts search={shown.search} />
  return (
    <>
      <ul class="products">
        {shown.products.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </ul>
      {problem && <p class="hint">{problem}</p>}
      {shown.next && <Button onPress={() => void loadMoreProducts()}>Show more products</Button>}
    </>
  )
}

function NoProducts({ search }: { search: string }) {
  if (search) {
    return (
      <Empty icon="search" title={`No product matches “${search}”`}>
        Try the beginning of its name.
      </Empty>
    )
  }
  return (
    <Empty icon="products" title="No products yet">
      Import your catalogue with “npm run import -- products.csv --apply”. It takes a Shopify export as it is.
    </Empty>
  )
}
