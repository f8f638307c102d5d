import type { Reader } from '../../db/database.ts'
import type { EventRow } from '../../db/events.ts'
import type { LineItemRow, OrderRow } from '../../db/orders.ts'
import type { PersonRow } from '../../db/people.ts'
import type { Role } from '../../db/schema.ts'
import { formatMoney } from '../../lib/money.ts'
import { shorten } from '../../lib/shorten.ts'
import type { TextArgs, Texts } from '../../lib/texts.ts'

/** Everything a notice's words are made of. */
export interface NoticeFacts {
  db: Reader
  order: OrderRow
  event: EventRow
  customer: PersonRow
  items: LineItemRow[]
  reader: { language: string; role: Role | undefined }
  now: number
  timezone: string
  texts: Texts
  say(id: string, args?: TextArgs): string
}

const MAX_LINES = 12
const MAX_TITLE = 60

export function money(facts: NoticeFacts, minor: number): string {
  return formatMoney(minor, facts.order.currency, facts.reader.language)
}

/** The order's line items, one a line; a very long order ends in "…and 3 more". */
export function itemLines(facts: NoticeFacts, withPrices: boolean): string {
  const lines = facts.items.slice(0, MAX_LINES).map((item) => {
    const name = item.variant_title ? `${item.title}, ${item.variant_title}` : item.title
    const price = money(facts, item.total_minor)
    const args = { quantity: item.quantity, title: shorten(name, MAX_TITLE), price }
    return facts.say(withPrices ? 'notice-line-price' : 'notice-line', args)
  })
  const left = facts.items.length - lines.length
  if (left > 0) lines.push(facts.say('notice-more', { count: left }))
  return lines.join('\n')
}

/** Lines that have something to say, under one another. */
export function paragraph(...lines: (string | false | undefined | null)[]): string {
  return lines.filter(Boolean).join('\n')
}

/** A time of day as people at the shop read it: "14:02". */
export function clockTime(facts: NoticeFacts, at: number): string {
  return new Intl.DateTimeFormat(facts.reader.language, {
    timeStyle: 'short',
    timeZone: facts.timezone,
  }).format(at)
}
