import type { NoticeRow } from '../../db/notices.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { formatMoney } from '../../lib/money.ts'
import { waitsForAcceptance } from '../orders/machine.ts'
import { stateWord } from '../orders/progress.ts'
import type { Shop } from '../work.ts'
import { chatMessage } from './chat-message.ts'
import { gatherFacts } from './facts.ts'
import type { NoticeButton, NoticeMessage } from './message.ts'
import { REMINDER, STAFF_CARD } from './plan.ts'

const LANGUAGE = 'en'
const IN_A_ROW = 3

/** Several pieces of news as one message, for a group that may get no more of them this minute. */
export function groupDigest(shop: Shop, notices: readonly NoticeRow[]): NoticeMessage {
  const lines = new Set(notices.flatMap((notice) => lineOf(shop, notice) ?? []))
  const html = [shop.texts.say(LANGUAGE, 'staff_digest', { count: lines.size }), ...lines].join('\n')
  return { html, buttons: buttonsOf(shop, notices), silent: false }
}

/** An order as it stands now in one line; other news by its first line. */
function lineOf(shop: Shop, notice: NoticeRow): string | undefined {
  const order = orderOf(shop, notice)
  if (order && [STAFF_CARD, REMINDER].includes(notice.kind)) {
    return shop.texts.say(LANGUAGE, 'staff_digest-order', {
      number: String(order.id),
      total: formatMoney(order.total_minor, order.currency, LANGUAGE),
      state: { html: stateWord(shop.texts, LANGUAGE, order) },
    })
  }
  const facts = gatherFacts(shop, notice)
  return (facts && chatMessage(facts))?.html.split('\n')[0]
}

/** The orders that somebody has to accept, each a tap away, and the list of all. */
function buttonsOf(shop: Shop, notices: readonly NoticeRow[]): NoticeButton[][] {
  const orders = notices.flatMap((notice) => orderOf(shop, notice) ?? [])
  const waiting = new Set(orders.filter(waitsForAcceptance).map((order) => order.id))
  const open = [...waiting].map(
    (id): NoticeButton => ({ label: `#${id}`, action: 'open_panel', path: `/orders/${id}` }),
  )
  const rows: NoticeButton[][] = []
  for (let i = 0; i < open.length; i += IN_A_ROW) rows.push(open.slice(i, i + IN_A_ROW))
  const label = shop.texts.say(LANGUAGE, 'button-panel')
  return [...rows, [{ label, action: 'open_panel', path: '/orders' }]]
}

function orderOf(shop: Shop, notice: NoticeRow): OrderRow | undefined {
  return notice.order_id === null ? undefined : findOrder(shop.db, notice.order_id)
}
