import type { Reader } from '../../db/database.ts'
import { type EventRow, findEvent } from '../../db/events.ts'
import type { NoticeRow } from '../../db/notices.ts'
import { findOrder, type LineItemRow, listLineItems, type OrderRow } from '../../db/orders.ts'
import { findPerson, findStaff, type PersonRow } from '../../db/people.ts'
import type { Role } from '../../db/schema.ts'
import type { TextArgs, Texts } from '../../lib/texts.ts'
import type { Providers } from '../payments/provider.ts'
import type { Shop } from '../work.ts'

/** What the words of any notice are made of. */
export interface EventFacts {
  db: Reader
  notice: NoticeRow
  event: EventRow
  /** What was recorded with the event. */
  data: Record<string, unknown>
  reader: { language: string; role: Role | undefined }
  currency: string
  now: number
  timezone: string
  texts: Texts
  providers: Providers
  say(id: string, args?: TextArgs): string
}

/** What the words of a notice about an order are made of. */
export interface NoticeFacts extends EventFacts {
  order: OrderRow
  customer: PersonRow
  items: LineItemRow[]
  /** Where the customer sees what the order cost and how it was paid; undefined where the shop has no public address. */
  receiptUrl: string | undefined
}

/** Gathers what a notice is about, as things stand now. Undefined when that is gone. */
export function gatherFacts(shop: Shop, notice: NoticeRow): EventFacts | NoticeFacts | undefined {
  const { db, texts, settings } = shop
  const event = findEvent(db, notice.event_id)
  if (!event) return undefined
  const language = texts.nearest(languageOf(db, notice))
  const facts: EventFacts = {
    db,
    notice,
    event,
    data: JSON.parse(event.data) as Record<string, unknown>,
    reader: { language, role: roleOf(db, notice) },
    currency: settings.currency,
    now: shop.clock.now(),
    timezone: settings.timezone,
    texts,
    providers: shop.providers,
    say: (id, args) => texts.say(language, id, args),
  }
  if (notice.order_id === null) return facts
  const order = findOrder(db, notice.order_id)
  const customer = order && findPerson(db, order.person_id)
  if (!customer) return undefined
  const receiptUrl = shop.receipts?.urlOf(order.id)
  return { ...facts, order, customer, items: listLineItems(db, order.id), receiptUrl }
}

export function isAboutOrder(facts: EventFacts): facts is NoticeFacts {
  return 'order' in facts
}

function languageOf(db: Reader, notice: NoticeRow): string {
  return (notice.person_id !== null && findPerson(db, notice.person_id)?.language) || 'en'
}

/** A group sees what a manager sees; who presses is looked at when they do. */
function roleOf(db: Reader, notice: NoticeRow): Role | undefined {
  return notice.person_id === null ? 'manager' : findStaff(db, notice.person_id)?.role
}
