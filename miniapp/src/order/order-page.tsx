import { useRef } from 'preact/hooks'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { formatMoney } from '../money/money.ts'
import { isMarkForMoney, MoneyAlerts, moneyWaits } from '../money/money-alerts.tsx'
import { MoneyCard } from '../money/money-card.tsx'
import { payStateOf } from '../money/pay-state.ts'
import { StateLine } from '../money/state-line.tsx'
import { StageMark } from '../orders/stage-mark.tsx'
import { Icon } from '../parts/icon.tsx'
import { Broken } from '../parts/notice.tsx'
import { When } from '../parts/when.tsx'
import { PageHead } from '../shell/page-head.tsx'
import { ActionBar } from './action-bar.tsx'
import { AssigneeLine } from './assignee-line.tsx'
import { CustomerCard } from './customer-card.tsx'
import { DeliveryCard } from './delivery-card.tsx'
import { ItemsCard } from './items-card.tsx'
import { MessagesCard } from './messages-card.tsx'
import { NoticesCard } from './notices-card.tsx'
import { loadOrder, useOpenOrder } from './open-order.ts'
import { OrderSkeleton } from './order-skeleton.tsx'
import { Progress } from './progress.tsx'
import { ReviewCard } from './review-card.tsx'
import { ReviewNote } from './review-note.tsx'
import { SnoozeBanner } from './snooze-banner.tsx'
import { Timeline } from './timeline.tsx'
import './order-page.css'

/** Everything there is to know about one order, and the next thing to do with it. */
export function OrderPage({ number }: { number: number }) {
  const { detail, problem } = useOpenOrder(number)
  return (
    <div class="order-page">
      <div class="order-body">
        <PageHead title={`Order #${number}`} parent="/app/orders" />
        {detail ? (
          <Parts order={detail} />
        ) : problem ? (
          <Broken message={problem} onRetry={() => void loadOrder(number)} />
        ) : (
          <OrderSkeleton />
        )}
      </div>
      {detail && <ActionBar order={detail} />}
    </div>
  )
}

function Parts({ order }: { order: OrderDetail }) {
  // Who has just answered keeps the talk where they wrote; the same with money.
  const asked = useRef(false)
  asked.current ||= order.unansweredSince !== null
  const messages = <MessagesCard key="messages" order={order} />
  const paid = useRef(false)
  paid.current ||= moneyWaits(order)
  const money = <MoneyCard key="money" order={order} />
  return (
    <>
      <Summary order={order} />
      <MoneyAlerts order={order} />
      {paid.current && money}
      {asked.current && messages}
      <SnoozeBanner order={order} />
      <AssigneeLine order={order} />
      {order.note && (
        <section class="order-note">
          <Icon name="note" />
          <div>
            <h2>Note from {order.customer.name}</h2>
            <p class="wrap">{order.note}</p>
          </div>
        </section>
      )}
      <ItemsCard order={order} />
      {!paid.current && money}
      <CustomerCard order={order} />
      {!asked.current && messages}
      <DeliveryCard order={order} />
      {order.review && <ReviewCard review={order.review} />}
      <NoticesCard order={order} />
      <Timeline order={order} />
    </>
  )
}

function Summary({ order }: { order: OrderDetail }) {
  return (
    <section class="card card-pad order-summary" aria-label="State" data-version={order.version}>
      <div class="pair">
        <StageMark order={order} />
        <When at={order.placedAt} />
      </div>
      <div>
        <p class="order-total">{formatMoney(order.totalMinor, order.currency)}</p>
        <StateLine state={payStateOf(order)} />
        <p class="hint wrap">{order.customer.name}</p>
      </div>
      <Progress stage={order.stage} />
      {order.cancelReason && <p class="hint wrap">Reason: {order.cancelReason}</p>}
      {order.needsReview && !isMarkForMoney(order) && (
        <ReviewNote number={order.number} reason={order.needsReview} />
      )}
    </section>
  )
}
