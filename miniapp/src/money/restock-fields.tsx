import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { Stepper } from '../parts/stepper.tsx'
import './restock-fields.css'

/** Pieces by line. */
export type Pieces = Record<number, number>

interface RestockFieldsProps {
  title: string
  items: OrderDetail['items']
  pieces: Pieces
  onChange: (pieces: Pieces) => void
}

/** How many pieces of each line go back on the shelf. */
export function RestockFields({ title, items, pieces, onChange }: RestockFieldsProps) {
  const left = items.filter((item) => leftOf(item) > 0)
  if (left.length === 0) return null
  return (
    <fieldset class="restock">
      <legend class="small hint">{title}</legend>
      {left.map((item) => (
        <div class="restock-line" key={item.id}>
          <span class="line-words">
            <span class="wrap">{item.title}</span>
            {item.variantTitle && <span class="small hint wrap">{item.variantTitle}</span>}
          </span>
          <Stepper
            label={item.title}
            value={pieces[item.id] ?? 0}
            most={leftOf(item)}
            onChange={(count) => onChange({ ...pieces, [item.id]: count })}
          />
        </div>
      ))}
    </fieldset>
  )
}

/** What has not been put back yet. */
export function leftOf({ quantity, restocked }: OrderDetail['items'][number]): number {
  return quantity - restocked
}

/** All that has not been put back yet. */
export function allPieces(items: OrderDetail['items']): Pieces {
  return Object.fromEntries(items.map((item) => [item.id, leftOf(item)]))
}

/** The lines with at least one piece, as the shop takes them. */
export function linesOf(pieces: Pieces): { lineItemId: number; quantity: number }[] {
  return Object.entries(pieces).flatMap(([id, quantity]) =>
    quantity > 0 ? [{ lineItemId: Number(id), quantity }] : [],
  )
}
