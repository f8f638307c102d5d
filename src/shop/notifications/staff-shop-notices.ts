import type { EventFacts } from './facts.ts'
import { gaveUp } from './gave-up.ts'
import type { NoticeMessage } from './message.ts'
import { moneyMatter } from './staff-money-notices.ts'

/** What a notice about the shop itself says to staff. */
export const staffShopNotices: Record<string, (facts: EventFacts) => NoticeMessage | null> = {
  staff_stock_low: stock,
  staff_notice_gave_up: (facts) => plainNews(facts, 'staff_notice_gave_up-shop', '/more/notices'),
  staff_money_matter: moneyMatter,
  staff_books_differ: (facts) => plainNews(facts, 'staff_books_differ', '/more/money'),
  staff_backup_failed: (facts) => plainNews(facts, 'staff_backup_failed', '/more/system'),
  staff_shop_trouble: trouble,
  staff_device_ended: (facts) => plainNews(facts, 'staff_device_ended', '/more/alerts'),
  staff_staff_joined: (facts) => plainNews(facts, 'staff_staff_joined', '/more/staff'),
  staff_test: (facts) => plainNews(facts, 'staff_test', '/more/alerts'),
}

function stock(facts: EventFacts): NoticeMessage {
  const { data, say, event } = facts
  const html = say(event.type === 'stock_out' ? 'staff_stock_out' : 'staff_stock_low', {
    title: String(data.title ?? ''),
    left: Number(data.left ?? 0),
  })
  return {
    html,
    buttons: [[{ label: say('button-panel'), action: 'open_panel', path: '/products' }]],
    silent: false,
  }
}

function trouble(facts: EventFacts): NoticeMessage {
  const id = facts.event.type === 'shop_trouble_over' ? 'staff_shop_trouble-over' : 'staff_shop_trouble'
  const { path, job } = facts.data
  return plainNews(facts, id, String(path ?? (job === undefined ? '/more/notices' : '/more/system')))
}

function plainNews(facts: EventFacts, id: string, path: string): NoticeMessage {
  const { say, data, event } = facts
  const html = say(id, {
    words: String(data.words ?? ''),
    who: event.actor_name,
    role: String(data.role ?? ''),
    inviter: String(data.inviter ?? ''),
    device: String(data.device ?? ''),
    ...gaveUp(facts),
    reason: String(data.reason ?? ''),
    count: Number(data.count ?? 0),
  })
  return { html, buttons: [[{ label: say('button-panel'), action: 'open_panel', path }]], silent: false }
}
