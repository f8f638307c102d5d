import { countDifferences } from '../db/books.ts'
import type { Reader } from '../db/database.ts'
import {
  findEntry,
  type LedgerRow,
  listEntriesOfOrder,
  listMoneyMatters,
  listRefundsUnderWay,
} from '../db/ledger.ts'
import { listCancelledWithMoney } from '../db/order-lists.ts'
import type { OrderTaxRow } from '../db/order-taxes.ts'
import { findOrder, type OrderRow } from '../db/orders.ts'
import {
  findSameProofBefore,
  listProofsOfOrder,
  listWaitingProofs,
  type PaymentProofRow,
} from '../db/payment-proofs.ts'
import { listPaymentRequests, type PaymentRequestRow } from '../db/payment-requests.ts'
import { findPerson } from '../db/people.ts'
import type { Role } from '../db/schema.ts'
import { refundActions } from '../shop/payments/change-refund.ts'
import { matterOptions, surplusOf } from '../shop/payments/matter-options.ts'
import { moneyOf } from '../shop/payments/order-money.ts'
import { dueOf } from '../shop/payments/payment-state.ts'
import { leftOfCharge, refundableOf, undecidedOf } from '../shop/payments/refundable.ts'
import { isVoidable } from '../shop/payments/void-payment.ts'
import { mayWaive } from '../shop/payments/waive-rest.ts'
import type { Shop } from '../shop/work.ts'
import type { LedgerEntry, MoneyMatters, OrderMoney, PaymentProof, PaymentRequest } from './contract/money.ts'

/** More than that waits nowhere at a time. */
const MOST = 200

/** How the money of an order stands, with what this role may do about it. */
export function moneyView(shop: Shop, order: OrderRow, role: Role): OrderMoney {
  const { db } = shop
  const isDesk = role !== 'packer'
  const dueMinor = dueOf(moneyOf(order))
  const refundableMinor = refundableOf(db, order)
  return {
    chargedMinor: order.charged_minor,
    refundedMinor: order.refunded_minor,
    waivedMinor: order.waived_minor,
    dueMinor,
    refundableMinor,
    undecidedMinor: undecidedOf(db, order),
    entries: listEntriesOfOrder(db, order.id).map((entry) => entryView(shop, entry, role)),
    requests: listPaymentRequests(db, order.id).map(requestView),
    proofs: listProofsOfOrder(db, order.id).map((proof) => proofView(db, proof)),
    receiptUrl: shop.receipts?.urlOf(order.id) ?? null,
    mayRecord: isDesk && dueMinor > 0,
    mayWaive: isDesk && mayWaive(order),
    mayRefund: isDesk && refundableMinor > 0 && (dueMinor === 0 || order.fulfilment === 'cancelled'),
  }
}

export function entryView(shop: Pick<Shop, 'db' | 'providers'>, row: LedgerRow, role: Role): LedgerEntry {
  const { db } = shop
  const order = row.order_id === null ? undefined : findOrder(db, row.order_id)
  return {
    id: row.id,
    kind: row.kind,
    provider: row.provider,
    reference: row.reference,
    chargeId: row.charge_id,
    orderNumber: row.order_id,
    customerName: order?.customer_name ?? null,
    amountMinor: row.amount_minor,
    currency: row.currency,
    orderMinor: row.order_minor,
    state: row.state,
    trouble: row.trouble,
    reason: row.reason,
    // Whoever opens it says where the money goes.
    link: role === 'packer' ? null : row.link,
    undecided: undecidedPart(db, row, order),
    at: row.at,
    actions: role === 'packer' ? [] : actionsOf(shop, row),
  }
}

function undecidedPart(db: Reader, row: LedgerRow, order: OrderRow | undefined): LedgerEntry['undecided'] {
  if (row.kind !== 'charge' || row.trouble === null) return null
  if (order && row.trouble === 'too_much')
    return { amountMinor: surplusOf(db, order), currency: order.currency }
  return { amountMinor: leftOfCharge(db, row).amountMinor, currency: row.currency }
}

function actionsOf(
  { db, providers }: Pick<Shop, 'db' | 'providers'>,
  row: LedgerRow,
): LedgerEntry['actions'] {
  const isMistake = isVoidable(row) && leftOfCharge(db, row).amountMinor === row.amount_minor
  return [
    ...matterOptions(db, providers, row),
    ...refundActions({ providers }, row),
    ...(isMistake ? (['void'] as const) : []),
  ]
}

/** Everything about money that waits for a person, oldest first, with what this role may do about it. */
export function mattersView(shop: Shop, role: Role): MoneyMatters {
  const { db } = shop
  return {
    entries: listMoneyMatters(db, MOST).map((entry) => entryView(shop, entry, role)),
    orders: listCancelledWithMoney(db, MOST).flatMap((order) => leftOpenView(shop, order, role)),
    proofs: listWaitingProofs(db, MOST).flatMap((proof) => {
      const order = findOrder(db, proof.order_id)
      if (!order) return []
      return { ...proofView(db, proof), orderNumber: order.id, customerName: order.customer_name }
    }),
    underWay: listRefundsUnderWay(db, MOST).flatMap((row) =>
      row.trouble === null ? entryView(shop, row, role) : [],
    ),
    differences: countDifferences(db),
  }
}

function leftOpenView({ db }: Shop, order: OrderRow, role: Role): MoneyMatters['orders'] {
  const amountMinor = undecidedOf(db, order)
  if (amountMinor === 0) return []
  const { id: orderNumber, customer_name: customerName, currency } = order
  const actions = role === 'packer' ? [] : (['refund', 'keep'] as const)
  return [{ orderNumber, customerName, currency, amountMinor, actions: [...actions] }]
}

function requestView(row: PaymentRequestRow): PaymentRequest {
  return {
    id: row.id,
    provider: row.provider,
    amountMinor: row.amount_minor,
    currency: row.currency,
    state: row.state,
    link: row.link,
    expiresAt: row.expires_at,
    lastError: row.last_error,
    createdAt: row.created_at,
  }
}

export function proofView(db: Reader, row: PaymentProofRow): PaymentProof {
  const charge = row.charge_id === null ? undefined : findEntry(db, row.charge_id)
  const decidedBy = row.decided_by === null ? undefined : findPerson(db, row.decided_by)
  return {
    id: row.id,
    kind: row.kind,
    words: row.words,
    state: row.state,
    reason: row.reason,
    decidedBy: decidedBy?.name ?? null,
    amountMinor: charge?.order_minor ?? null,
    sentBeforeFor: findSameProofBefore(db, row)?.order_id ?? null,
    sentAt: row.sent_at,
    decidedAt: row.decided_at,
  }
}

export function taxView(row: OrderTaxRow) {
  return {
    name: row.name,
    basisPoints: row.basis_points,
    included: row.included === 1,
    netMinor: row.net_minor,
    taxMinor: row.tax_minor,
  }
}
