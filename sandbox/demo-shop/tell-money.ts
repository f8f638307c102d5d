import { listEntriesOfOrder } from '../../src/db/ledger.ts'
import type { OrderRow } from '../../src/db/orders.ts'
import { listPaymentRequests } from '../../src/db/payment-requests.ts'
import { applyCharge } from '../../src/shop/payments/apply-charge.ts'
import { confirmRefund } from '../../src/shop/payments/confirm-refund.ts'
import { recordPayment } from '../../src/shop/payments/record-payment.ts'
import { refundOrder } from '../../src/shop/payments/refund-order.ts'
import { sendProof } from '../../src/shop/payments/send-proof.ts'
import { settleMatter } from '../../src/shop/payments/settle-matter.ts'
import { storeCharge } from '../../src/shop/payments/store-charge.ts'
import type { Actor, Work } from '../../src/shop/work.ts'

/** The receipt that a customer of the demo has sent, below DATA_DIR/proofs. */
export const DEMO_RECEIPT = 'demo-receipt.jpg'
/** What had come in when it was sent. */
export const FIRST_PART = 4000

/** The customer pays by card, in the invoice that came with the order. */
export function payByCard(work: Work, order: OrderRow): void {
  const request = listPaymentRequests(work.tx, order.id).at(-1)
  if (!request) throw new Error(`nobody was asked to pay order #${order.id}`)
  const id = storeCharge(work, {
    provider: 'telegram',
    reference: `demo_${request.reference}`,
    orderId: order.id,
    personId: order.person_id,
    amountMinor: request.amount_minor,
    currency: request.currency,
    orderMinor: request.order_minor,
    at: work.now,
    raw: JSON.stringify({ invoice_payload: request.reference }),
  })
  applyCharge(work, id)
}

/** A transfer arrives, of a part of what is owed or once more. */
export function arrive(amountMinor: number | undefined, actor: Actor) {
  return (work: Work, { id: orderId, version, total_minor }: OrderRow) =>
    recordPayment(work, { orderId, version, amountMinor: amountMinor ?? total_minor, actor })
}

/** The customer sends a photo of their bank's page. */
export function sendReceipt(actor: Actor) {
  return (work: Work, { id: orderId }: OrderRow) =>
    sendProof(work, { orderId, file: DEMO_RECEIPT, kind: 'photo', uniqueId: 'demo-receipt', actor })
}

/** One piece of the first line is given back; somebody has to do it by hand. */
export function refundOne(priceMinor: number, reason: string, actor: Actor) {
  return (work: Work, { id: orderId, version }: OrderRow) =>
    refundOrder(work, { orderId, version, amountMinor: priceMinor, reason, actor })
}

/** Money that came too late is to go back. */
export function giveLateBack(actor: Actor) {
  return (work: Work, { id }: OrderRow): void => {
    const late = listEntriesOfOrder(work.tx, id).find(({ trouble }) => trouble !== null)
    if (late) settleMatter(work, { entryId: late.id, decision: 'refund', actor })
  }
}

/** Whoever went to the bank says that the refund is done. */
export function confirmRefunds(actor: Actor) {
  return (work: Work, { id }: OrderRow): void => {
    const byHand = listEntriesOfOrder(work.tx, id).filter(({ state }) => state === 'by_hand')
    for (const refund of byHand) confirmRefund(work, { entryId: refund.id, actor })
  }
}
