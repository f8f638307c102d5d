import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import { readTold, type Told } from '../../sandbox/told.ts'

/** The notices that reached a customer as new messages, in the order in which they did. */
export function noticesTo(person: PersonDriver): Told[] {
  return readTold(person.history())
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
