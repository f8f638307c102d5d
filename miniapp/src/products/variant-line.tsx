import { useState } from 'preact/hooks'
import type { Variant } from '../api/products.ts'
import { formatMoney } from '../money/money.ts'
import { readDraft } from '../parts/draft.ts'
import { Icon } from '../parts/icon.tsx'
import { currency } from '../session/shop.ts'
import { stockOf } from './stock.ts'
import { VariantForm } from './variant-form.tsx'
import './variant-line.css'

interface VariantLineProps {
  variant: Variant
  /** What the product is called. */
  product: string
  /** Whether it is its product's only one, and needs no name. */
  alone: boolean
  mayChange: boolean
}

/** One variant: pressing it turns it into a form. */
export function VariantLine({ variant, product, alone, mayChange }: VariantLineProps) {
  const [editing, setEditing] = useState(() => readDraft(`variant.${variant.id}`) !== undefined)
  if (editing) return <VariantForm variant={variant} alone={alone} onClose={() => setEditing(false)} />
  return (
    <li>
      <button
        type="button"
        class="variant"
        disabled={!mayChange}
        data-variant={variant.id}
        onClick={() => setEditing(true)}
      >
        <span class="unseen">Change {product}:</span>
        <span class="variant-words">
          {!alone && <span class="wrap">{variant.title}</span>}
          <StockMark variant={variant} />
        </span>
        <span class="strong">{formatMoney(variant.priceMinor, currency())}</span>
        {mayChange && <Icon name="next" />}
      </button>
    </li>
  )
}

function StockMark({ variant }: { variant: Variant }) {
  const stock = stockOf(variant.available)
  return (
    <span class={`stock stock-${stock.is} small`}>
      {stock.is !== 'enough' && <Icon name="alert" size={16} />}
      {stock.words}
      {variant.reserved > 0 && <span class="stock-reserved">· {variant.reserved} reserved</span>}
    </span>
  )
}
