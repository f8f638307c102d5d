import type { Reader } from '../../db/database.ts'
import { findPayable } from '../../db/payment-requests.ts'
import { dueOf } from './payment-state.ts'

/** What Telegram asks before it takes a customer's money. */
export interface AskedPayment {
  payload: string
  amount: number
  currency: string
  fromTelegramId: number
}

/** Why an invoice must not be paid; each has its words in locales/en/pay.ftl. */
export interface RefusedPayment {
  reason: 'unknown' | 'not_yours' | 'cancelled' | 'expired' | 'paid' | 'changed'
  orderId: number
}

type Payable = NonNullable<ReturnType<typeof findPayable>>

/**
 * Whether an invoice may be paid now: undefined, or why not. One read, for Telegram waits ten seconds and the customer stands before
 * the payment sheet. An order that is not cancelled holds its goods, so that what can be paid can also be sent.
 */
export function checkPayment(db: Reader, now: number, asked: AskedPayment): RefusedPayment | undefined {
  const found = findPayable(db, asked.payload)
  const reason = found ? reasonAgainst(found, now, asked) : 'unknown'
  return reason && { reason, orderId: found?.order_id ?? 0 }
}

function reasonAgainst(
  found: Payable,
  now: number,
  asked: AskedPayment,
): RefusedPayment['reason'] | undefined {
  if (found.telegram_id !== asked.fromTelegramId) return 'not_yours'
  if (found.fulfilment === 'cancelled') return found.payment === 'expired' ? 'expired' : 'cancelled'
  const dueMinor = dueOf({
    totalMinor: found.total_minor,
    waivedMinor: found.waived_minor,
    chargedMinor: found.charged_minor,
    refundedMinor: found.refunded_minor,
    payment: found.payment,
  })
  if (dueMinor === 0) return 'paid'
  if (found.expires_at <= now) return 'expired'
  const isSame = found.amount_minor === asked.amount && found.currency === asked.currency
  const isOpen = found.state === 'open' || found.state === 'seen'
  // Part of it may have come another way since the invoice was sent.
  return isSame && isOpen && found.order_minor === dueMinor ? undefined : 'changed'
}
