import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import { readTold, type Told } from '../../sandbox/told.ts'
import { all, type look } from './check-file.ts'

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

/**
 * Notices that Telegram took too long to confirm, once for each such try: nobody can know whether they arrived, and they are
 * sent again. It happens when this process, which plays Telegram, does not get a core for seconds.
 */
export function unconfirmed(db: ReturnType<typeof look>): string[] {
  const tries = `select telegram_id, order_id, kind from notice_attempts
    join notices on notices.id = notice_id join people on people.id = person_id where outcome = 'retry'`
  type Row = { telegram_id: number; order_id: number; kind: string }
  return all<Row>(db, tries).map((row) => `${row.telegram_id} ${row.order_id} ${row.kind}`)
}
