import { useState } from 'preact/hooks'
import type { Product } from '../../../src/http/contract/product.ts'
import { saveProduct } from '../api/products.ts'
import { sentenceOf } from '../api/request.ts'
import { IconButton } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Picture } from '../parts/picture.tsx'
import { say } from '../parts/snack.ts'
import { me } from '../session/shop.ts'
import { haptic } from '../telegram/telegram.ts'
import { showProduct } from './product-list.ts'
import { ProductSheet } from './product-sheet.tsx'
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
          {product.imageTrouble && (
            <p class="small hint wrap">The picture could not be fetched. {product.imageTrouble}</p>
          )}
          {product.digital && (
            <p class="product-digital small">
              <Icon name="message" size={16} />
              Digital
            </p>
          )}
        </div>
        {mayChange && product.status !== 'archived' && <Changes product={product} />}
      </div>
      <ul>
        {product.variants.map((variant) => (
          <VariantLine
            key={variant.id}
            variant={variant}
            product={product.title}
            alone={product.variants.length === 1}
            mayChange={mayChange}
          />
        ))}
      </ul>
    </li>
  )
}

function Changes({ product }: { product: Product }) {
  const [open, setOpen] = useState(false)
  return (
    <div class="product-changes">
      <IconButton icon="more" label={`Delivery and tax of ${product.title}`} onPress={() => setOpen(true)} />
      <ShowOrHide product={product} />
      {open && <ProductSheet product={product} onClose={() => setOpen(false)} />}
    </div>
  )
}

function ShowOrHide({ product }: { product: Product }) {
  const [busy, setBusy] = useState(false)
  const hidden = product.status !== 'active'

  async function press(): Promise<void> {
    if (busy) return
    setBusy(true)
    try {
      showProduct(await saveProduct(product.id, { status: hidden ? 'active' : 'draft' }))
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
