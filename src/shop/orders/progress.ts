import type { OrderRow } from '../../db/orders.ts'
import type { Fulfilment } from '../../db/schema.ts'
import type { Texts } from '../../lib/texts.ts'

const WAY: readonly Fulfilment[] = ['placed', 'accepted', 'packing', 'dispatched', 'delivered']

/** Money that people of the shop see themselves is marked as paid in words of its own. */
const MARKED: Record<string, string> = { cash_on_delivery: '-cash', bank_transfer: '-transfer' }

const NO_BREAK = '\u00a0'

/** What an order is delivered by when nothing in it has to be brought or fetched. */
export const DIGITAL_DELIVERY = 'Digital'

type Handover = Pick<OrderRow, 'address' | 'delivery_method'>
type OrderWords = Pick<OrderRow, 'stage' | 'fulfilment'> & Handover

/** The order's state in one word or two, in the customer's language: "On its way", "Ready for pickup". */
export function stateWord(texts: Texts, language: string, order: OrderWords): string {
  return texts.say(language, wordFor(`state-${order.stage}`, order))
}

/** The order's progress as one line of dots with its words; a cancelled order has only its word. */
export function progressLine(texts: Texts, language: string, order: OrderWords): string {
  if (order.fulfilment === 'cancelled') return `✕ ${stateWord(texts, language, order)}`
  const reached = WAY.indexOf(order.fulfilment)
  return WAY.map((step, index) => {
    const word = texts.say(language, wordFor(`progress-${step}`, order))
    const dot = index <= reached ? '●' : '○'
    // A dot stays with its word when a narrow phone breaks the line.
    return `${dot} ${index === reached ? `<b>${word}</b>` : word}`.replaceAll(' ', NO_BREAK)
  }).join(' ')
}

/** An order without an address is fetched by the customer, unless there is nothing to fetch. */
export function isPickup(order: Handover): boolean {
  return order.address === null && !isDigital(order)
}

/** Whether an order reaches the customer as a message. */
export function isDigital(order: Handover): boolean {
  return order.address === null && order.delivery_method === DIGITAL_DELIVERY
}

/** How an order gets to the customer: somebody brings it, they fetch it, or it comes as a message. */
export function handoverOf(order: Handover): 'delivery' | 'pickup' | 'digital' {
  if (isDigital(order)) return 'digital'
  return isPickup(order) ? 'pickup' : 'delivery'
}

/** The id of a text, for this order: what is fetched, comes as a message, or is paid by transfer has words of its own. */
export function wordFor(id: string, order: Handover & Partial<Pick<OrderRow, 'payment_method'>>): string {
  if (id === 'step-mark_paid') return id + (MARKED[order.payment_method ?? ''] ?? '')
  if (id === 'payment-pending') return order.payment_method === 'bank_transfer' ? `${id}-transfer` : id
  if (id === 'payment-due_on_delivery' || id === 'pay-cash_on_delivery')
    return isPickup(order) ? `${id}-pickup` : id
  if (isPickup(order) && /(dispatch|deliver)(ed)?$/.test(id)) return `${id}-pickup`
  return isDigital(order) && /dispatch(ed)?$/.test(id) ? `${id}-digital` : id
}
