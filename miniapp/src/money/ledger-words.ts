import type { LedgerEntry, PaymentRequest } from '../../../src/http/contract/money.ts'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import type { IconName } from '../parts/icon.tsx'

/** The ways to pay. */
export const METHODS: Record<OrderDetail['paymentMethod'], string> = {
  cash_on_delivery: 'Cash or card on delivery',
  bank_transfer: 'Bank transfer',
  telegram: 'Card in Telegram',
  stars: 'Telegram Stars',
  btcpay: 'Bitcoin (BTCPay)',
}

/** How this order is to be paid; nothing is delivered to somebody who fetches it. */
export function methodOf({
  paymentMethod,
  handover,
}: Pick<OrderDetail, 'paymentMethod' | 'handover'>): string {
  const fetched = paymentMethod === 'cash_on_delivery' && handover === 'pickup'
  return fetched ? 'Cash or card at pickup' : METHODS[paymentMethod]
}

/** How money came or went. */
export const PROVIDERS: Record<LedgerEntry['provider'], string> = {
  cash: 'On delivery',
  transfer: 'Bank transfer',
  telegram: 'Card in Telegram',
  stars: 'Telegram Stars',
  btcpay: 'Bitcoin',
}

/** How something about money stands, as a colour. */
export type Tone = 'good' | 'waits' | 'bad' | 'over'

export interface State {
  tone: Tone
  icon: IconName
  word: string
}

const STATES: Record<LedgerEntry['state'], State> = {
  received: { tone: 'waits', icon: 'clock', word: 'Being booked' },
  applied: { tone: 'good', icon: 'check', word: 'Received' },
  open: { tone: 'bad', icon: 'alert', word: 'Waits for a decision' },
  kept: { tone: 'over', icon: 'check', word: 'Kept' },
  returned: { tone: 'over', icon: 'undo', word: 'Given back' },
  void: { tone: 'over', icon: 'close', word: 'Entered by mistake' },
  wanted: { tone: 'waits', icon: 'clock', word: 'On its way to the customer' },
  by_hand: { tone: 'waits', icon: 'clipboard', word: 'To be given back by hand' },
  offered: { tone: 'waits', icon: 'clock', word: 'Waits for the customer to claim it' },
  done: { tone: 'over', icon: 'undo', word: 'Given back' },
  failed: { tone: 'bad', icon: 'alert', word: 'Could not be given back' },
}

/** What became of a charge or a refund. */
export function stateOf(entry: Pick<LedgerEntry, 'kind' | 'state' | 'trouble'>): State {
  if (entry.kind === 'refund' && entry.state === 'void') return { ...STATES.void, word: 'Called off' }
  const state = STATES[entry.state]
  return entry.state === 'applied' && entry.trouble ? { ...state, tone: 'bad', icon: 'alert' } : state
}

const TROUBLES: Record<string, string> = {
  unknown_order: 'Nobody knows for which order it is.',
  wrong_currency: 'It is in another currency than the order.',
  after_cancel: 'It came after the order was cancelled.',
  after_expiry: 'It came when the time to pay was over.',
  paid_twice: 'The order was paid already.',
  too_little: 'It is less than was asked for.',
  too_much: 'It is more than was owed.',
  refund_failed: 'It could not be given back.',
}

/** Why a person must decide; what a provider said itself is shown as it is. */
export function troubleOf({ trouble }: Pick<LedgerEntry, 'trouble'>): string | undefined {
  return trouble === null ? undefined : (TROUBLES[trouble] ?? trouble)
}

const REQUESTS: Record<PaymentRequest['state'], State> = {
  wanted: { tone: 'waits', icon: 'clock', word: 'Being made' },
  open: { tone: 'waits', icon: 'clock', word: 'Waits to be paid' },
  seen: { tone: 'waits', icon: 'eye', word: 'Seen, not safe yet' },
  paid: { tone: 'good', icon: 'check', word: 'Paid' },
  over: { tone: 'over', icon: 'close', word: 'Over' },
  failed: { tone: 'bad', icon: 'alert', word: 'Could not be made' },
}

/** How an invoice stands. */
export function requestState({ state }: Pick<PaymentRequest, 'state'>): State {
  return REQUESTS[state]
}
