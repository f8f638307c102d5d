import { listImagesOfProducts } from '../db/catalogue.ts'
import type { Reader } from '../db/database.ts'
import type { EventRow } from '../db/events.ts'
import type { NoticeRow } from '../db/notices.ts'
import type { OrderSummaryRow } from '../db/orders.ts'
import type { Role } from '../db/schema.ts'
import { allowedSteps, mayUndo, needsOf } from '../shop/orders/machine.ts'
import { isPickup } from '../shop/orders/progress.ts'
import type { OrderDetail as ShopOrder } from '../shop/orders/read-orders.ts'
import type { Shop } from '../shop/work.ts'
import type { AllowedStep, NoticeFate, OrderDetail, OrderSummary, TimelineEvent } from './contract/order.ts'

export function summaryView(row: OrderSummaryRow): OrderSummary {
  return {
    number: row.id,
    stage: row.stage,
    fulfilment: row.fulfilment,
    payment: row.payment,
    version: row.version,
    needsReview: row.needs_review,
    currency: row.currency,
    totalMinor: row.total_minor,
    itemCount: row.item_count,
    customerName: row.customer_name,
    deliveryMethod: row.delivery_method,
    paymentMethod: row.payment_method,
    placedAt: row.placed_at,
    updatedAt: row.updated_at,
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

export function noticeView(
  row: NoticeRow,
  person: { id: number; name: string },
  customerId: number,
): NoticeFate {
  // A card waiting to be drawn again has long reached its reader.
  const reached = row.card === 1 && row.sent_at !== null && row.state !== 'dead'
  return {
    id: row.id,
    kind: row.kind,
    recipient: person.name,
    toCustomer: person.id === customerId && !row.kind.startsWith('staff_'),
    channel: row.channel,
    state: reached ? 'sent' : row.state,
    attempts: row.attempts,
    dueAt: row.due_at,
    sentAt: row.sent_at,
    updatedAt: row.updated_at,
    lastError: row.last_error,
  }
}

/** Everything the panel shows of an order, with the steps this role may take now. */
export function detailView(shop: Shop, detail: ShopOrder, role: Role): OrderDetail {
  const { order, customer } = detail
  const now = shop.clock.now()
  return {
    ...summaryView(order),
    itemsMinor: order.items_minor,
    deliveryMinor: order.delivery_minor,
    pickup: isPickup(order),
    address: order.address,
    phone: order.phone,
    note: order.note,
    trackingNumber: order.tracking_number,
    cancelReason: order.cancel_reason,
    expiresAt: order.stage === 'unpaid' ? order.expires_at : null,
    customer: {
      name: order.customer_name,
      username: customer.username,
      telegramId: customer.telegram_id,
      reach: customer.reach,
    },
    items: itemViews(shop.db, detail),
    timeline: detail.events.map(eventView),
    notices: detail.notices.map((row) =>
      noticeView(row, { id: row.person_id, name: row.person_name }, customer.id),
    ),
    review: detail.review
      ? { rating: detail.review.rating, words: detail.review.words, at: detail.review.created_at }
      : null,
    steps: stepViews(shop, detail, role),
    undoUntil: isUndoable(detail, role, now) ? order.undo_until : null,
    now,
  }
}

function isUndoable({ order, events }: ShopOrder, role: Role, now: number): boolean {
  const last = events.findLast((event) => event.from_fulfilment !== null)
  return (order.undo_until ?? 0) > now && mayUndo(last?.type ?? '', { kind: 'staff', role })
}

function itemViews(db: Reader, detail: ShopOrder): OrderDetail['items'] {
  const images = imageUrls(
    db,
    detail.items.map((item) => item.product_id),
  )
  return detail.items.map((item) => ({
    title: item.title,
    variantTitle: item.variant_title,
    sku: item.sku,
    unitPriceMinor: item.unit_price_minor,
    quantity: item.quantity,
    totalMinor: item.total_minor,
    image: images.get(item.product_id) ?? null,
  }))
}

/** Where the panel finds each product's first picture. */
export function imageUrls(db: Reader, productIds: number[]): Map<number, string> {
  const rows = listImagesOfProducts(db, productIds)
  return new Map(rows.map((row) => [row.product_id, row.file ? `/media/${row.file}` : (row.url ?? '')]))
}

function stepViews(shop: Shop, { order }: ShopOrder, role: Role): AllowedStep[] {
  return allowedSteps(order, { kind: 'staff', role }).flatMap((step) => {
    if (step === 'expire') return []
    const pickup = isPickup(order) && (step === 'dispatch' || step === 'deliver')
    const label = shop.texts.say('en', pickup ? `step-${step}-pickup` : `step-${step}`)
    return [{ step, label, needs: needsOf(step, order) ?? null }]
  })
}
