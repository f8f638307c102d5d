import type { OrderDetail } from '../../../src/http/contract/order.ts'
import type { State } from './ledger-words.ts'
import { formatMoney } from './money.ts'

type Paid = Pick<
  OrderDetail,
  'payment' | 'fulfilment' | 'currency' | 'totalMinor' | 'money' | 'paymentMethod' | 'handover'
>

/** How an order's payment stands, in a few words: "Part paid €20.00 of €54.20". */
export function payStateOf(order: Paid): State {
  const { payment, money, totalMinor, currency } = order
  const amount = (minor: number) => formatMoney(minor, currency)
  const { chargedMinor, refundedMinor, waivedMinor } = money
  const underWay = goingBack(order)
  const toGo = underWay > 0 ? `, ${amount(underWay)} to be given back` : ''
  if (payment === 'refunded') return { tone: 'over', icon: 'undo', word: 'All given back' }
  if (payment === 'partly_refunded') {
    const word = `${amount(refundedMinor)} of ${amount(chargedMinor)} given back${toGo}`
    return { tone: 'over', icon: 'undo', word }
  }
  if (payment === 'paid' && underWay > 0 && underWay >= chargedMinor) {
    return { tone: 'waits', icon: 'undo', word: `${amount(underWay)} to be given back` }
  }
  if (payment === 'paid') return { tone: 'good', icon: 'check', word: `Paid${toGo}` }
  if (chargedMinor > 0) {
    const word = `Part paid ${amount(chargedMinor)} of ${amount(totalMinor - waivedMinor)}${toGo}`
    return { tone: 'waits', icon: 'clock', word }
  }
  return nothingYet(order)
}

const UNDER_WAY = ['wanted', 'by_hand', 'offered', 'failed']

/** What has been promised to the customer and is not with them yet. */
function goingBack({ money }: Paid): number {
  const refunds = money.entries.filter(({ kind, state }) => kind === 'refund' && UNDER_WAY.includes(state))
  return refunds.reduce((sum, { orderMinor }) => sum + orderMinor, 0)
}

function nothingYet({ payment, fulfilment, money, handover }: Paid): State {
  if (money.entries.some(({ state }) => state === 'open')) {
    return { tone: 'bad', icon: 'alert', word: 'Money came that does not fit' }
  }
  if (fulfilment === 'cancelled') {
    const word = payment === 'expired' ? 'Not paid in time' : 'Nothing was paid'
    return { tone: 'over', icon: 'close', word }
  }
  if (money.requests.some(({ state }) => state === 'seen')) {
    return { tone: 'waits', icon: 'eye', word: 'A payment is on its way' }
  }
  if (payment === 'failed') return { tone: 'bad', icon: 'alert', word: 'The payment failed' }
  if (payment === 'expired') return { tone: 'bad', icon: 'alert', word: 'Not paid in time' }
  if (payment !== 'due_on_delivery') return { tone: 'waits', icon: 'clock', word: 'Not paid yet' }
  if (fulfilment === 'delivered') return { tone: 'bad', icon: 'alert', word: 'Not collected yet' }
  const word = handover === 'pickup' ? 'To be paid at pickup' : 'To be paid on delivery'
  return { tone: 'waits', icon: 'card', word }
}
