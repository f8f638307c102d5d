import { useState } from 'preact/hooks'
import type { Product } from '../../../src/http/contract/product.ts'
import { saveProductStatus } from '../api/products.ts'
import { sentenceOf } from '../api/request.ts'
import { IconButton } from '../parts/button.tsx'
import { Picture } from '../parts/picture.tsx'
import { say } from '../parts/snack.ts'
import { me } from '../session/shop.ts'
import { haptic } from '../telegram/telegram.ts'
import { showProduct } from './product-list.ts'
import { VariantLine } from './variant-line.tsx'
import './product-card.css'

/** A product with its variants. */
export function ProductCard({ product }: { product: Product }) {
  const hidden = product.status !== 'active'
  const mayChange = me().role !== 'packer'
  return (
    <li class={hidden ? 'card product product-hidden' : 'card product'} data-product={product.id}>
      <div class="product-head">
        <Picture src={product.image} />
        <div class="line-words">
          <p class="strong wrap">{product.title}</p>
          <p class="small hint cut">{hidden ? 'Hidden from customers' : product.category}</p>
        </div>
        {mayChange && product.status !== 'archived' && <ShowOrHide product={product} />}
      </div>
      <ul>
        {product.variants.map((variant) => (
          <VariantLine
            key={variant.id}
            variant={variant}
            alone={product.variants.length === 1}
            mayChange={mayChange}
          />
        ))}
      </ul>
    </li>
  )
}

function ShowOrHide({ product }: { product: Product }) {
  const [busy, setBusy] = useState(false)
  const hidden = product.status !== 'active'

  async function press(): Promise<void> {
    if (busy) return
    setBusy(true)
    try {
      showProduct(await saveProductStatus(product.id, hidden ? 'active' : 'draft'))
      haptic('success')
      say(hidden ? `${product.title} is on sale again.` : `${product.title} is hidden from customers.`)
    } catch (error) {
      say(sentenceOf(error))
    }
    setBusy(false)
  }

  return (
    <IconButton
      icon={hidden ? 'hidden' : 'eye'}
      label={hidden ? `Show ${product.title}` : `Hide ${product.title}`}
      onPress={() => void press()}
    />
  )
}
