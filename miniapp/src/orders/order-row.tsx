import type { OrderSummary } from '../../../src/http/contract/order.ts'
import { formatMoney } from '../money/money.ts'
import { Icon } from '../parts/icon.tsx'
import { Ago } from '../parts/when.tsx'
import { Initials } from '../staff/initials.tsx'
import { fresh } from './fresh.ts'
import { StageIcon } from './stage-mark.tsx'
import { lookOf } from './stages.ts'
import './order-row.css'

/** An order in a list: who, how much, how it stands, since when. */
export function OrderRow({ order, current = false }: { order: OrderSummary; current?: boolean }) {
  const { number, stage } = order
  const { word, icon } = lookOf(order)
  return (
    <li class={fresh.value.has(number) ? 'order-row order-fresh' : 'order-row'} data-order={number}>
      <a href={`/app/orders/${number}`} aria-current={current ? 'true' : undefined}>
        <StageIcon stage={stage} icon={icon} />
        <div class="order-words">
          <p class="pair">
            <span class="strong cut">{order.customerName}</span>
            <span class="strong">{formatMoney(order.totalMinor, order.currency)}</span>
          </p>
          <p class="pair small hint">
            <span class="cut">
              {`#${number} · `}
              <span class={`order-stage stage-${stage}`}>{word}</span>
              {` · ${order.itemCount} ${order.itemCount === 1 ? 'item' : 'items'}`}
            </span>
            <span class="order-end">
              {order.assignedTo && <Initials name={order.assignedTo.name} small />}
              <Ago at={order.placedAt} />
            </span>
          </p>
          {order.unansweredSince !== null && (
            <p class="order-asks small">
              <Icon name="message" size={16} />
              <span class="cut">Waits for an answer</span>
              <Ago at={order.unansweredSince} />
            </p>
          )}
          {order.needsReview && (
            <p class="order-review small">
              <Icon name="alert" size={16} />
              <span class="cut">{order.needsReview}</span>
            </p>
          )}
        </div>
      </a>
    </li>
  )
}
