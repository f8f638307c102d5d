import { listPaymentMethods } from '../../db/checkout.ts'
import type { Reader } from '../../db/database.ts'
import type { OrderRow } from '../../db/orders.ts'
import { listProofsOfOrder } from '../../db/payment-proofs.ts'
import { findIban } from '../../lib/iban.ts'
import { formatMoney, toDecimal } from '../../lib/money.ts'
import type { TextArgs } from '../../lib/texts.ts'
import { moneyOf } from './order-money.ts'
import { dueOf } from './payment-state.ts'

/** How to pay an order by bank transfer. */
export interface TransferParts {
  html: string
  /** What has to be copied, with what the button to it says. */
  copies: { label: string; text: string }[]
}

/** What a customer writes on a bank transfer, so that the shop knows which order it pays. */
export function transferReference(orderId: number): string {
  return `Order ${orderId}`
}

/** How the rest of an order is paid by bank transfer, what of it has arrived, and whether a receipt is being looked at. */
export function transferParts(
  db: Reader,
  order: OrderRow,
  { language, say }: { language: string; say(id: string, args?: TextArgs): string },
): TransferParts {
  const money = (minor: number) => formatMoney(minor, order.currency, language)
  const method = listPaymentMethods(db).find((known) => known.kind === order.payment_method)
  const instructions = method?.instructions ?? ''
  const reference = transferReference(order.id)
  const dueMinor = dueOf(moneyOf(order))
  const args = { arrived: money(order.charged_minor), total: money(order.total_minor) }
  const hasReceipt = listProofsOfOrder(db, order.id).some((proof) => proof.state === 'waiting')
  const account = findIban(instructions)
  return {
    html: [
      order.charged_minor > 0 && say('order_received-transfer-arrived', args),
      say('order_received-transfer', { due: money(dueMinor), reference, instructions }),
      hasReceipt && say('order_received-transfer-receipt'),
    ]
      .filter(Boolean)
      .join('\n'),
    copies: [
      ...(account ? [{ label: say('button-copy-account'), text: account }] : []),
      { label: say('button-copy-reference'), text: reference },
      { label: say('button-copy-amount'), text: toDecimal(dueMinor, order.currency) },
    ],
  }
}
