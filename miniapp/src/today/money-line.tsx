import type { MoneyMatters } from '../../../src/http/contract/money.ts'
import { countMatters, matters } from '../books/matters.ts'
import { Icon } from '../parts/icon.tsx'
import './money-line.css'

/** That money waits for somebody, and the way to it. */
export function MoneyLine() {
  const waiting = matters.value
  if (!waiting || countMatters(waiting) === 0) return null
  return (
    <a class="money-line" href="/app/more/money" data-money-waits={countMatters(waiting)}>
      <Icon name="coins" />
      <span class="line-words">
        <span class="strong">Money waits for you</span>
        <span class="small">{partsOf(waiting)}</span>
      </span>
      <Icon name="next" />
    </a>
  )
}

function partsOf({ entries, orders, proofs, differences }: MoneyMatters): string {
  const byHand = entries.filter(({ kind }) => kind === 'refund').length
  const parts: [number, string, string][] = [
    [entries.length - byHand + orders.length, 'decision', 'decisions'],
    [proofs.length, 'receipt', 'receipts'],
    [byHand, 'refund', 'refunds'],
    [differences, 'difference in the books', 'differences in the books'],
  ]
  return parts
    .flatMap(([count, one, many]) => (count > 0 ? [`${count} ${count === 1 ? one : many}`] : []))
    .join(' · ')
}
