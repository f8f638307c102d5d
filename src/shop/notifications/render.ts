import { findEvent } from '../../db/events.ts'
import type { NoticeRow } from '../../db/notices.ts'
import { findOrder, listLineItems } from '../../db/orders.ts'
import { findPerson, findStaff, type PersonRow } from '../../db/people.ts'
import type { Shop } from '../work.ts'
import { customerNotices } from './customer-notices.ts'
import type { NoticeMessage } from './message.ts'
import { staffNotices } from './staff-notices.ts'
import type { NoticeFacts } from './words.ts'

/** Puts a notice into the reader's words as things stand now. Returns undefined when what it was about is gone. */
export function renderNotice(shop: Shop, notice: NoticeRow, reader: PersonRow): NoticeMessage | undefined {
  const facts = gatherFacts(shop, notice, shop.texts.nearest(reader.language))
  const forStaff = staffNotices[notice.kind]
  // Who is no longer staff sees no more of the shop's customers, not even on a card they already have.
  if (!facts || (forStaff && !facts.reader.role)) return undefined
  return (forStaff ?? customerNotices[notice.kind])?.(facts)
}

function gatherFacts(shop: Shop, notice: NoticeRow, language: string): NoticeFacts | undefined {
  const { db, texts, settings } = shop
  const order = notice.order_id === null ? undefined : findOrder(db, notice.order_id)
  const event = findEvent(db, notice.event_id)
  const customer = order && findPerson(db, order.person_id)
  if (!order || !event || !customer) return undefined
  return {
    db,
    order,
    event,
    customer,
    items: listLineItems(db, order.id),
    reader: { language, role: findStaff(db, notice.person_id)?.role },
    now: shop.clock.now(),
    timezone: settings.timezone,
    say: (id, args) => texts.say(language, id, args),
    texts,
  }
}
