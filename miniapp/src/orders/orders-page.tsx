import { useSignal } from '@preact/signals'
import { useRoute } from 'preact-iso'
import type { Stage } from '../api/orders.ts'
import { OrderPage } from '../order/order-page.tsx'
import { Empty } from '../parts/notice.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { PageHead } from '../shell/page-head.tsx'
import { filter } from './order-filter.ts'
import { OrderRows } from './order-rows.tsx'
import { StageChips } from './stage-chips.tsx'
import './orders-page.css'

/** The list, and beside it on a wide screen (over it on a phone) the order that was chosen. */
export function OrdersPage() {
  const number = Number(useRoute().params.number) || undefined
  const { stage, search } = filter.value
  // Remounts the list at its top when another one is chosen.
  const scroll = useSignal(0)
  const choose = (next: { stage: Stage | undefined; search: string }) => {
    filter.value = next
    scroll.value++
  }
  return (
    <div class={number ? 'two-panes two-panes-detail' : 'two-panes'}>
      <section class="pane pane-list" aria-label="Orders" key={`list-${scroll.value}`}>
        <PageHead title="Orders">
          <SearchField
            label="Search by number or customer"
            value={search}
            onSearch={(words) => choose({ stage: words ? undefined : stage, search: words })}
          />
          {!search && <StageChips chosen={stage} onChoose={(next) => choose({ stage: next, search: '' })} />}
        </PageHead>
        <OrderRows scope={filter.value} current={number} />
      </section>
      <section class="pane pane-detail" aria-label="Order">
        {number ? (
          <OrderPage key={number} number={number} />
        ) : (
          <Empty icon="orders" title="Choose an order">
            It opens here, with everything there is to know and to do.
          </Empty>
        )}
      </section>
    </div>
  )
}
