import { listOrderTaxes } from '../../db/order-taxes.ts'
import { formatMoney } from '../../lib/money.ts'
import { shorten } from '../../lib/shorten.ts'
import { type PriceLines, priceLines, priceOfOrder } from '../pricing/price-lines.ts'
import type { EventFacts, NoticeFacts } from './facts.ts'

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

/** The discount and the taxes in the order's total, where there are any. */
export function orderPriceLines(facts: NoticeFacts): PriceLines {
  const { texts, reader, order, db } = facts
  return priceLines({ texts, language: reader.language }, priceOfOrder(order, listOrderTaxes(db, order.id)))
}

/** Lines that have something to say, under one another. */
export function paragraph(...lines: (string | false | undefined | null)[]): string {
  return lines.filter(Boolean).join('\n')
}

/** A time of day as people at the shop read it: "14:02". */
export function clockTime(facts: EventFacts, at: number): string {
  return new Intl.DateTimeFormat(facts.reader.language, {
    timeStyle: 'short',
    timeZone: facts.timezone,
  }).format(at)
}
