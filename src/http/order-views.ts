import { listImagesOfProducts } from '../db/catalogue.ts'
import type { Reader } from '../db/database.ts'
import { findEscalation } from '../db/escalations.ts'
import { type EventRow, newestEventOfType } from '../db/events.ts'
import type { OrderSummaryRow } from '../db/order-lists.ts'
import { listOrderTaxes } from '../db/order-taxes.ts'
import { findPerson } from '../db/people.ts'
import type { Role } from '../db/schema.ts'
import { mayUndo, needsOf } from '../shop/orders/machine.ts'
import { handoverOf, wordFor } from '../shop/orders/progress.ts'
import type { OrderDetail as ShopOrder } from '../shop/orders/read-orders.ts'
import { stepsOf } from '../shop/orders/steps-of.ts'
import type { Shop } from '../shop/work.ts'
import type { AllowedStep, OrderDetail, OrderSummary, TimelineEvent } from './contract/order.ts'
import { imageAddress } from './image-address.ts'
import { moneyView, taxView } from './money-views.ts'
import { noticeView } from './notice-views.ts'

export function summaryView(row: OrderSummaryRow): OrderSummary {
  return {
    number: row.id,
    stage: row.stage,
    fulfilment: row.fulfilment,
    payment: row.payment,
    version: row.version,
    needsReview: row.needs_review,
    unansweredSince: row.unanswered_since,
    currency: row.currency,
    totalMinor: row.total_minor,
    itemCount: row.item_count,
    customerName: row.customer_name,
    deliveryMethod: row.delivery_method,
    handover: handoverOf(row),
    paymentMethod: row.payment_method,
    placedAt: row.placed_at,
    updatedAt: row.updated_at,
    assignedTo: row.assigned_to === null ? null : { id: row.assigned_to, name: row.assignee ?? '' },
  }
}

export function eventView(row: EventRow): TimelineEvent {
  return {
    id: row.id,
    type: row.type,
    at: row.at,
    actorKind: row.actor_kind,
    actorName: row.actor_name,
    source: row.source,
    data: JSON.parse(row.data) as Record<string, unknown>,
  }
}

/** Everything the panel shows of an order, with the steps this role may take now. */
export function detailView(shop: Shop, detail: ShopOrder, role: Role): OrderDetail {
  const { order, customer } = detail
  const now = shop.clock.now()
  return {
    ...summaryView({ ...order, assignee: nameOf(shop.db, order.assigned_to) }),
    itemsMinor: order.items_minor,
    deliveryMinor: order.delivery_minor,
    discountMinor: order.discount_minor,
    discountCode: order.discount_code,
    taxes: listOrderTaxes(shop.db, order.id).map(taxView),
    money: moneyView(shop, order, role),
    address: order.address,
    phone: order.phone,
    note: order.note,
    trackingNumber: order.tracking_number,
    cancelReason: order.cancel_reason,
    expiresAt: order.stage === 'unpaid' ? order.expires_at : null,
    escalation: escalationOf(shop.db, order.id),
    customer: {
      name: order.customer_name,
      username: customer.username,
      telegramId: customer.telegram_id,
      reach: customer.reach,
    },
    items: itemViews(shop.db, detail),
    timeline: detail.events.map(eventView),
    notices: detail.notices.map(noticeView),
    review: detail.review
      ? { rating: detail.review.rating, words: detail.review.words, at: detail.review.created_at }
      : null,
    steps: stepViews(shop, detail, role),
    undoUntil: isUndoable(detail, role, now) ? order.undo_until : null,
    now,
  }
}

function nameOf(db: Reader, personId: number | null): string | null {
  return personId === null ? null : (findPerson(db, personId)?.name ?? null)
}

function escalationOf(db: Reader, orderId: number): OrderDetail['escalation'] {
  const row = findEscalation(db, orderId)
  if (!row) return null
  const { waiting_since: waitingSince, due_at: nextAt, snoozed_until: snoozedUntil } = row
  const snoozed = snoozedUntil === null ? undefined : newestEventOfType(db, { orderId, type: 'snoozed' })
  return { waitingSince, nextAt, snoozedUntil, snoozedBy: snoozed?.actor_name ?? null }
}

function isUndoable({ order, events }: ShopOrder, role: Role, now: number): boolean {
  const last = events.findLast((event) => event.from_fulfilment !== null)
  return (order.undo_until ?? 0) > now && mayUndo(last, { kind: 'staff', role })
}

function itemViews(db: Reader, detail: ShopOrder): OrderDetail['items'] {
  const images = imageUrls(
    db,
    detail.items.map((item) => item.product_id),
  )
  return detail.items.map((item) => ({
    id: item.id,
    title: item.title,
    variantTitle: item.variant_title,
    sku: item.sku,
    unitPriceMinor: item.unit_price_minor,
    quantity: item.quantity,
    totalMinor: item.total_minor,
    discountMinor: item.discount_minor,
    restocked: item.restocked,
    image: images.get(item.product_id) ?? null,
  }))
}

/** Where the panel finds each product's first picture. */
function imageUrls(db: Reader, productIds: number[]): Map<number, string | null> {
  return new Map(listImagesOfProducts(db, productIds).map((row) => [row.product_id, imageAddress(row)]))
}

function stepViews(shop: Shop, { order }: ShopOrder, role: Role): AllowedStep[] {
  return stepsOf(shop.db, order, { kind: 'staff', role }).flatMap((step) => {
    if (step === 'expire') return []
    const label = shop.texts.say('en', wordFor(`step-${step}`, order))
    return [{ step, label, needs: needsOf(step, order) ?? null }]
  })
}
