import { listSummaryReaders, type StaffWishRow } from '../../db/audience.ts'
import { countEvents, countPlaced } from '../../db/day-figures.ts'
import { findByRequestKey } from '../../db/events.ts'
import { countOrders } from '../../db/order-lists.ts'
import { countDeadNotices } from '../../db/proof-numbers.ts'
import { localDay, minuteOfDay, startOfDay } from '../../lib/local-day.ts'
import { recordEvent } from '../record-event.ts'
import { type Shop, SYSTEM, type Work } from '../work.ts'
import type { DayFigures } from './daily-summary.ts'
import { addRoute } from './plan.ts'
import { mailOf } from './route.ts'

/** Seven in the morning, where the reader is. */
const READY_MINUTE = 7 * 60

/** Mails those who wish it what yesterday brought, once a day. Returns how many mails that makes. */
export function sendDailySummaries(shop: Shop): number {
  if (!shop.settings.channels.mail) return 0
  const due = listSummaryReaders(shop.db).filter((reader) => isDue(shop, reader))
  for (const reader of due) shop.write((work) => plan(work, reader))
  return due.length
}

function isDue(shop: Shop, reader: StaffWishRow): boolean {
  const now = shop.clock.now()
  const timezone = reader.timezone ?? shop.settings.timezone
  return (
    minuteOfDay(timezone, now) >= READY_MINUTE && !findByRequestKey(shop.db, keyOf(reader, timezone, now))
  )
}

function plan(work: Work, reader: StaffWishRow): void {
  const { now } = work
  const timezone = reader.timezone ?? work.settings.timezone
  const eventId = recordEvent(work, {
    type: 'daily_summary',
    orderId: null,
    actor: SYSTEM,
    data: { ...figuresOfYesterday(work, timezone) },
    requestKey: keyOf(reader, timezone, now),
  })
  const { person_id: personId } = reader
  const to = { personId, deviceId: null, groupId: null, dueAt: now, silent: false }
  const route = { ...to, channel: 'mail', recipient: mailOf(personId) } as const
  addRoute(work, eventId, null, route, 'staff_daily_summary')
}

function figuresOfYesterday({ tx, now }: Work, timezone: string): DayFigures {
  const to = startOfDay(timezone, now)
  const from = startOfDay(timezone, to - 1)
  return {
    day: localDay(timezone, from),
    ...countPlaced(tx, { from, to }),
    delivered: countEvents(tx, { from, to, type: 'delivered' }),
    cancelled: countEvents(tx, { from, to, type: 'cancelled' }),
    waiting: countOrders(tx).placed,
    deadLetters: countDeadNotices(tx),
  }
}

/** One summary for each person and day, however often the job runs. */
function keyOf(reader: StaffWishRow, timezone: string, now: number): string {
  return `summary:${reader.person_id}:${localDay(timezone, now)}`
}
