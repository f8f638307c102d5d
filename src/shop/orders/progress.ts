import type { OrderRow } from '../../db/orders.ts'
import type { Fulfilment } from '../../db/schema.ts'
import type { Texts } from '../../lib/texts.ts'

const WAY: readonly Fulfilment[] = ['placed', 'accepted', 'packing', 'dispatched', 'delivered']

const NO_BREAK = '\u00a0'

type OrderWords = Pick<OrderRow, 'stage' | 'fulfilment' | 'address'>

/** The order's state in one word or two, in the customer's language: "On its way", "Ready for pickup". */
export function stateWord(texts: Texts, language: string, order: OrderWords): string {
  return texts.say(language, `state-${stateKey(order.stage, isPickup(order))}`)
}

/** The order's progress as one line of dots with its words; a cancelled order has only its word. */
export function progressLine(texts: Texts, language: string, order: OrderWords): string {
  if (order.fulfilment === 'cancelled') return `✕ ${stateWord(texts, language, order)}`
  const reached = WAY.indexOf(order.fulfilment)
  const pickup = isPickup(order)
  return WAY.map((step, index) => {
    const word = texts.say(language, `progress-${stateKey(step, pickup)}`)
    const dot = index <= reached ? '●' : '○'
    // A dot stays with its word when a narrow phone breaks the line.
    return `${dot} ${index === reached ? `<b>${word}</b>` : word}`.replaceAll(' ', NO_BREAK)
  }).join(' ')
}

/** An order without an address is fetched by the customer. */
export function isPickup(order: Pick<OrderRow, 'address'>): boolean {
  return order.address === null
}

function stateKey(stage: string, pickup: boolean): string {
  return pickup && (stage === 'dispatched' || stage === 'delivered') ? `${stage}-pickup` : stage
}
