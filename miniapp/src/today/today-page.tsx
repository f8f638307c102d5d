import type { OrderSummary } from '../../../src/http/contract/order.ts'
import { OrderRow } from '../orders/order-row.tsx'
import { Broken, Empty } from '../parts/notice.tsx'
import { RowSkeletons } from '../parts/skeleton.tsx'
import { PageHead } from '../shell/page-head.tsx'
import { MoneyLine } from './money-line.tsx'
import { StageTiles } from './stage-tiles.tsx'
import { useTodo } from './todo.ts'
import './today-page.css'

/** What needs doing now. */
export function TodayPage() {
  const { next, unanswered, review, problem, reload } = useTodo()
  return (
    <div class="page">
      <PageHead title="Today" />
      {problem && !next ? (
        <Broken message={problem} onRetry={reload} />
      ) : (
        <>
          <StageTiles />
          <MoneyLine />
          {unanswered.length > 0 && <Rows title="Waiting for an answer" orders={unanswered} />}
          {!(unanswered.length > 0 && next?.length === 0) && <NextUp orders={next} />}
          {review.length > 0 && <Rows title="Needs a look" orders={review} />}
        </>
      )}
    </div>
  )
}

function NextUp({ orders }: { orders: OrderSummary[] | undefined }) {
  if (!orders) return <RowSkeletons count={5} />
  if (orders.length > 0) return <Rows title="Do next" orders={orders} />
  return (
    <Empty icon="check" title="All done">
      Nothing to accept, pack or send. New orders appear here by themselves.
    </Empty>
  )
}

function Rows({ title, orders }: { title: string; orders: OrderSummary[] }) {
  return (
    <section class="section">
      <h2>{title}</h2>
      <ul class="card today-rows" aria-label={title}>
        {orders.map((order) => (
          <OrderRow key={order.number} order={order} />
        ))}
      </ul>
    </section>
  )
}
