import { z } from '@hono/zod-openapi'
import { handover } from './handover.ts'
import { orderMoney, taxLine } from './money.ts'
import { noticeFate } from './notice.ts'

export const stage = z.enum([
  'unpaid',
  'placed',
  'accepted',
  'packing',
  'dispatched',
  'delivered',
  'cancelled',
])
export const fulfilment = z.enum(['placed', 'accepted', 'packing', 'dispatched', 'delivered', 'cancelled'])
export const payment = z.enum([
  'pending',
  'failed',
  'expired',
  'due_on_delivery',
  'paid',
  'partly_refunded',
  'refunded',
])
export const paymentMethod = z.enum(['cash_on_delivery', 'bank_transfer', 'telegram', 'stars', 'btcpay'])
export const stepName = z.enum(['accept', 'pack', 'dispatch', 'deliver', 'mark_paid', 'cancel'])

/** An order as a list shows it. Times are ms since 1970 UTC, `*Minor` are minor units of `currency`. */
export const orderSummary = z
  .object({
    number: z.int(),
    stage,
    fulfilment,
    payment,
    version: z.int(),
    needsReview: z.string().nullable(),
    /** Since when a message of the customer waits for an answer. */
    unansweredSince: z.int().nullable(),
    currency: z.string(),
    totalMinor: z.int(),
    itemCount: z.int(),
    customerName: z.string(),
    deliveryMethod: z.string(),
    handover,
    paymentMethod,
    placedAt: z.int(),
    updatedAt: z.int(),
    /** Whose order it is to pack and send. */
    assignedTo: z.object({ id: z.int(), name: z.string() }).nullable(),
  })
  .openapi('OrderSummary')
export type OrderSummary = z.infer<typeof orderSummary>

export const lineItem = z
  .object({
    id: z.int(),
    title: z.string(),
    variantTitle: z.string(),
    sku: z.string().nullable(),
    unitPriceMinor: z.int(),
    quantity: z.int(),
    totalMinor: z.int(),
    /** Its share of the order's discount. */
    discountMinor: z.int(),
    /** Pieces that were put back on the shelf with a refund. */
    restocked: z.int(),
    image: z.string().nullable(),
  })
  .openapi('LineItem')

export const timelineEvent = z
  .object({
    id: z.int(),
    type: z.string(),
    at: z.int(),
    actorKind: z.enum(['customer', 'staff', 'system']),
    actorName: z.string(),
    source: z.enum(['chat', 'panel', 'job']),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('TimelineEvent')
export type TimelineEvent = z.infer<typeof timelineEvent>

/** A step the signed-in person may take now; no client holds the rules. */
export const allowedStep = z
  .object({
    step: stepName,
    label: z.string(),
    needs: z.enum(['tracking', 'reason']).nullable(),
  })
  .openapi('AllowedStep')
export type AllowedStep = z.infer<typeof allowedStep>

export const orderDetail = orderSummary
  .extend({
    itemsMinor: z.int(),
    deliveryMinor: z.int(),
    discountMinor: z.int(),
    discountCode: z.string().nullable(),
    taxes: z.array(taxLine),
    money: orderMoney,
    address: z.string().nullable(),
    phone: z.string().nullable(),
    note: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    cancelReason: z.string().nullable(),
    expiresAt: z.int().nullable(),
    /** Since when it waits to be accepted, and when somebody is reminded next; null when it does not wait. */
    escalation: z
      .object({
        waitingSince: z.int(),
        nextAt: z.int(),
        snoozedUntil: z.int().nullable(),
        /** Who put it off, while it is. */
        snoozedBy: z.string().nullable(),
      })
      .nullable(),
    customer: z.object({
      name: z.string(),
      username: z.string().nullable(),
      telegramId: z.int(),
      reach: z.enum(['unknown', 'ok', 'blocked', 'gone']),
    }),
    items: z.array(lineItem),
    timeline: z.array(timelineEvent),
    notices: z.array(noticeFate),
    review: z.object({ rating: z.int(), words: z.string().nullable(), at: z.int() }).nullable(),
    steps: z.array(allowedStep),
    /** Until when the last step can be undone, null when it cannot. */
    undoUntil: z.int().nullable(),
    /** The shop's clock, against which the other times count. */
    now: z.int(),
  })
  .openapi('OrderDetail')
export type OrderDetail = z.infer<typeof orderDetail>

export const counters = z.record(stage, z.int()).openapi('Counters')
export type Counters = z.infer<typeof counters>

const orderNumber = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

export const orderParams = z.object({
  number: orderNumber.openapi({ param: { name: 'number', in: 'path' }, example: 1042 }),
})

export const orderListQuery = z.object({
  stage: stage.optional(),
  search: z.string().trim().max(100).optional(),
  before: orderNumber.optional().openapi({ description: 'Only orders with a number below this one.' }),
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional().openapi({
    description: 'Oldest first instead: of the stage given, only orders with a number above this one.',
  }),
  unanswered: z
    .literal('1')
    .transform(() => true)
    .optional()
    .openapi({
      description: 'Only orders whose customers wait for an answer, longest waiting first, on one page.',
    }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export const orderList = z
  .object({
    orders: z.array(orderSummary),
    /** Pass as `before` for the next page; null at the end. */
    next: z.int().nullable(),
  })
  .openapi('OrderList')
export type OrderList = z.infer<typeof orderList>

export const stepBody = z
  .object({
    step: stepName,
    version: z.int().min(1),
    trackingNumber: z.string().trim().max(64, 'Please use at most 64 characters.').optional(),
    noTracking: z.boolean().optional(),
    reason: z.string().trim().max(300, 'Please use at most 300 characters.').optional(),
    /** What is to happen with the money of a paid order that is cancelled; it has to be said. */
    money: z.enum(['refund', 'keep', 'later']).optional(),
    /** Pieces of a cancelled order that do not go back on the shelf. */
    notRestocked: z
      .array(z.object({ lineItemId: z.int(), quantity: z.int().min(1) }).strict())
      .max(100)
      .optional(),
  })
  .strict()
  .openapi('TakeStep')
export type StepBody = z.infer<typeof stepBody>

export const undoBody = z
  .object({ version: z.int().min(1) })
  .strict()
  .openapi('UndoStep')

export const idempotencyHeader = z.object({
  'idempotency-key': z.string().min(8).max(100).optional().openapi({
    description: 'A key of your own making; the same command with the same key is applied once.',
  }),
})
