import type { HistoryEntry } from './telegram/state.ts'

/** How a customer recognises each notice, and which order it is about. */
const NOTICES: [RegExp, string][] = [
  [/^Order #(\d+)\n/, 'order_received'],
  [/^Order #(\d+)$/, 'payment_request'],
  [/We received .* for order #(\d+)\./, 'payment_received'],
  [/About order #(\d+), from /, 'shop_wrote'],
  [/Order #(\d+) is accepted/, 'order_accepted'],
  [/Order #(\d+) is being packed/, 'order_packing'],
  [/Order #(\d+) is (?:on its way|ready for you|sent)/, 'order_dispatched'],
  [/Order #(\d+) (?:has arrived|is picked up)/, 'order_delivered'],
  [/^Order #(\d+) is cancelled/, 'order_cancelled'],
]

export interface Told {
  orderId: number
  kind: string
}

/** The notices that came into a customer's chat as messages of their own, in the order in which they came. */
export function readTold(history: readonly HistoryEntry[]): Told[] {
  return history.flatMap(({ kind, by, message }) => {
    if (kind !== 'sent' || by !== 'bot') return []
    const words = message.text ?? message.invoice?.title ?? ''
    for (const [pattern, name] of NOTICES) {
      const number = pattern.exec(words)?.[1]
      if (number) return [{ orderId: Number(number), kind: name }]
    }
    return []
  })
}
