import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Broken, Empty } from '../parts/notice.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import type { ListScope } from './merge-change.ts'
import { type OrderListStore, useOrderList } from './order-list.ts'
import { OrderRow } from './order-row.tsx'
import { STAGES } from './stages.ts'

/** The orders of a scope, page after page as they are scrolled to. */
export function OrderRows({ scope, current }: { scope: ListScope; current: number | undefined }) {
  const list = useOrderList(scope)
  const pages = list.pages.value
  const problem = list.problem.value
  if (!pages) {
    return problem ? (
      <Broken message={problem} onRetry={() => void list.reload()} />
    ) : (
      <RowSkeletons count={7} />
    )
  }
  if (pages.orders.length === 0) return <NoOrders scope={scope} />
  return (
    <>
      <ul class="card" aria-label="Orders">
        {pages.orders.map((order) => (
          <OrderRow key={order.number} order={order} current={order.number === current} />
        ))}
      </ul>
      {pages.next !== null && <More list={list} problem={problem} />}
    </>
  )
}

/** Loads the next page when the end of the list comes into sight. */
function More({ list, problem }: { list: OrderListStore; problem: string | undefined }) {
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!end.current || problem) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) void list.loadMore()
      },
      { rootMargin: '600px' },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [list, problem, list.pages.value])

  if (problem) {
    return (
      <Button icon="undo" onPress={() => void list.loadMore()}>
        Load more
      </Button>
    )
  }
  return (
    <div ref={end}>
      <RowSkeletons count={2} />
    </div>
  )
}

function NoOrders({ scope }: { scope: ListScope }) {
  if (scope.search) {
    return (
      <Empty icon="search" title={`Nothing found for “${scope.search}”`}>
        Try an order number, or the beginning of a name, a username or a phone number.
      </Empty>
    )
  }
  if (scope.stage) {
    return (
      <Empty icon={STAGES[scope.stage].icon} title="No orders here">
        Orders show up in “{STAGES[scope.stage].word}” by themselves.
      </Empty>
    )
  }
  return (
    <Empty icon="orders" title="No orders yet">
      Send your customers the link to the bot. Their first order appears here by itself.
    </Empty>
  )
}
