import { sql as raw, type Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { OnlineProvider, RequestState, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type PaymentRequestRow = Selectable<Tables['payment_requests']>

export interface NewRequest {
  orderId: number
  provider: OnlineProvider
  reference: string | null
  amountMinor: number
  currency: string
  orderMinor: number
  state: RequestState
  expiresAt: number
  checkAt: number | null
  now: number
}

const insert = statement<NewRequest>()((p) =>
  sql.insertInto('payment_requests').values({
    order_id: p.orderId,
    provider: p.provider,
    reference: p.reference,
    amount_minor: p.amountMinor,
    currency: p.currency,
    order_minor: p.orderMinor,
    state: p.state,
    expires_at: p.expiresAt,
    check_at: p.checkAt,
    created_at: p.now,
    updated_at: p.now,
  }),
)

const byId = statement<{ id: number }>()((p) =>
  sql.selectFrom('payment_requests').selectAll().where('id', '=', p.id),
)

const byReference = statement<{ provider: OnlineProvider; reference: string }>()((p) =>
  sql
    .selectFrom('payment_requests')
    .selectAll()
    .where('provider', '=', p.provider)
    .where('reference', '=', p.reference),
)

const byPayload = statement<{ payload: string }>()((p) =>
  sql
    .selectFrom('payment_requests')
    .selectAll()
    .where('provider', 'in', ['telegram', 'stars'])
    .where('reference', '=', p.payload),
)

const payable = statement<{ payload: string }>()((p) =>
  sql
    .selectFrom('payment_requests as asked')
    .innerJoin('orders', 'orders.id', 'asked.order_id')
    .innerJoin('people', 'people.id', 'orders.person_id')
    .where('asked.provider', 'in', ['telegram', 'stars'])
    .where('asked.reference', '=', p.payload)
    .select([
      'asked.order_id',
      'asked.amount_minor',
      'asked.currency',
      'asked.order_minor',
      'asked.state',
      'asked.expires_at',
      'orders.fulfilment',
      'orders.payment',
      'orders.total_minor',
      'orders.waived_minor',
      'orders.charged_minor',
      'orders.refunded_minor',
      'people.telegram_id',
    ]),
)

const ofOrder = statement<{ orderId: number }>()((p) =>
  sql.selectFrom('payment_requests').selectAll().where('order_id', '=', p.orderId).orderBy('id'),
)

const change = statement<{
  id: number
  state: RequestState
  reference: string | null
  link: string | null
  expiresAt: number
  checkAt: number | null
  attempts: number
  lastError: string | null
  now: number
}>()((p) =>
  sql
    .updateTable('payment_requests')
    .set({
      state: p.state,
      reference: p.reference,
      link: p.link,
      expires_at: p.expiresAt,
      check_at: p.checkAt,
      attempts: p.attempts,
      last_error: p.lastError,
      updated_at: p.now,
    })
    .where('id', '=', p.id),
)

const close = statement<{ orderId: number; state: RequestState; now: number }>()((p) =>
  sql
    .updateTable('payment_requests')
    .set({ state: p.state, updated_at: p.now })
    .where('order_id', '=', p.orderId)
    .where('state', 'in', ['wanted', 'open', 'seen']),
)

const reopen = statement<{ orderId: number; closedAt: number; now: number }>()((p) =>
  sql
    .updateTable('payment_requests')
    .set({
      state: raw<RequestState>`case when reference is null then 'wanted' else 'open' end`,
      check_at: raw<number | null>`case when reference is null then ${p.now} else check_at end`,
      updated_at: p.now,
    })
    .where('order_id', '=', p.orderId)
    .where('state', '=', 'over')
    .where('updated_at', '=', p.closedAt)
    .where('expires_at', '>', p.now),
)

const due = statement<DueRequests>()((p) =>
  sql
    .selectFrom('payment_requests')
    .selectAll()
    .where('check_at', 'is not', null)
    .where('check_at', '<=', p.now)
    .where('provider', '=', p.provider)
    .orderBy('check_at')
    .limit(p.limit),
)

export function addPaymentRequest(tx: Tx, request: NewRequest): number {
  return tx.run(insert(request)).id
}

export function findPaymentRequest(db: Reader, id: number): PaymentRequestRow | undefined {
  return db.first(byId({ id }))
}

/** By what the provider calls it. */
export function findRequestByReference(
  db: Reader,
  provider: OnlineProvider,
  reference: string,
): PaymentRequestRow | undefined {
  return db.first(byReference({ provider, reference }))
}

/** By the payload of its invoice in Telegram, whichever way that is paid. */
export function findRequestByPayload(db: Reader, payload: string): PaymentRequestRow | undefined {
  return db.first(byPayload({ payload }))
}

/** All that decides whether an invoice of Telegram's can be paid now: the request, its order, and the buyer. */
export function findPayable(db: Reader, payload: string) {
  return db.first(payable({ payload }))
}

/** All requests of an order, oldest first. */
export function listPaymentRequests(db: Reader, orderId: number): PaymentRequestRow[] {
  return db.all(ofOrder({ orderId }))
}

/** Changes how a request stands; what `changes` leaves out stays as it is. */
export function changePaymentRequest(
  tx: Tx,
  request: PaymentRequestRow,
  changes: { now: number } & Partial<{
    state: RequestState
    reference: string | null
    link: string | null
    expiresAt: number
    checkAt: number | null
    attempts: number
    lastError: string | null
  }>,
): void {
  tx.run(
    change({
      id: request.id,
      state: request.state,
      reference: request.reference,
      link: request.link,
      expiresAt: request.expires_at,
      checkAt: request.check_at,
      attempts: request.attempts,
      lastError: request.last_error,
      ...changes,
    }),
  )
}

/** Ends what an order is still asked to pay. The provider is still looked at where it was, for late money. */
export function closePaymentRequests(
  tx: Tx,
  closed: { orderId: number; state: 'paid' | 'over'; now: number },
): void {
  tx.run(close(closed))
}

interface DueRequests {
  provider: OnlineProvider
  now: number
  limit: number
}

/** Asks again for what was closed at that moment, and is not over by itself. */
export function reopenPaymentRequests(
  tx: Tx,
  closed: { orderId: number; closedAt: number; now: number },
): void {
  tx.run(reopen(closed))
}

/** Requests whose provider is to be asked now: to make them, or what became of them. */
export function listDueRequests(db: Reader, wanted: DueRequests): PaymentRequestRow[] {
  return db.all(due(wanted))
}
