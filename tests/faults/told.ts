import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'

/** How a customer recognises each notice, and which order it is about. */
const NOTICES: [RegExp, string][] = [
  [/^Order #(\d+)\n/, 'order_received'],
  [/Order #(\d+) is accepted/, 'order_accepted'],
  [/Order #(\d+) is being packed/, 'order_packing'],
  [/Order #(\d+) is on its way/, 'order_dispatched'],
  [/Order #(\d+) has arrived/, 'order_delivered'],
  [/^Order #(\d+) is cancelled/, 'order_cancelled'],
]

export interface Told {
  orderId: number
  kind: string
}

/** The notices that reached a customer as new messages, in the order in which they did. */
export function noticesTo(person: PersonDriver): Told[] {
  return person.history().flatMap(({ kind, by, message }) => {
    if (kind !== 'sent' || by !== 'bot') return []
    const text = message.text ?? ''
    for (const [pattern, name] of NOTICES) {
      const number = pattern.exec(text)?.[1]
      if (number) return [{ orderId: Number(number), kind: name }]
    }
    return []
  })
}

/** The numbers of all orders a customer was ever told of, in whatever words. */
export function ordersNamedTo(person: PersonDriver): Set<number> {
  const named = person.history().filter(({ by, kind }) => by === 'bot' && kind !== 'deleted')
  return new Set(
    named.flatMap(({ message }) =>
      [...(message.text ?? '').matchAll(/Order #(\d+)/g)].map((match) => Number(match[1])),
    ),
  )
}
