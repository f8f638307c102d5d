import type { Writable } from 'node:stream'
import { type EventRow, listEventsAfter, newestEventId } from '../db/events.ts'
import { countOrders, findOrderSummary } from '../db/order-lists.ts'
import { findNamedNotice } from '../db/proof.ts'
import type { Metrics } from '../lib/metrics.ts'
import type { Change, Shop } from '../shop/work.ts'
import type { LiveChange, LiveNotice } from './contract/live.ts'
import { noticeView } from './notice-views.ts'
import { eventView, summaryView } from './order-views.ts'

const PING_MS = 15_000
const MOST_PANELS = 500
const MOST_MISSED = 500
/** A panel that reads so slowly that this much waits for it is cut off, and comes back by itself. */
const MOST_UNREAD_BYTES = 1_000_000

export interface LiveFeed {
  /**
   * Sends what was missed after `lastEventId` (undefined: nothing), then everything new, for as long as the person
   * `isWelcome`. Returns false when full.
   */
  join(panel: Writable, lastEventId: number | undefined, isWelcome: () => boolean): boolean
  close(): void
}

/** Tells open panels what changed, as server-sent events; each change is put into words once for all of them. */
export function createLiveFeed(shop: Shop, metrics: Metrics): LiveFeed {
  const panels = new Map<Writable, () => boolean>()
  let cancelPing: (() => void) | undefined

  function send(panel: Writable, frame: string): void {
    if (panel.writableLength > MOST_UNREAD_BYTES) panel.destroy()
    else if (!panel.writableEnded) panel.write(frame)
  }

  function broadcast(frame: string): void {
    for (const panel of panels.keys()) send(panel, frame)
  }

  function ping(): void {
    for (const [panel, isWelcome] of panels) if (!isWelcome()) panel.end()
    broadcast(': ping\n\n')
    cancelPing = shop.clock.after(PING_MS, ping)
  }

  function leave(panel: Writable): void {
    panels.delete(panel)
    metrics.livePanels.set(panels.size)
    if (panels.size === 0) cancelPing?.()
  }

  function join(panel: Writable, lastEventId: number | undefined, isWelcome: () => boolean): boolean {
    if (panels.size >= MOST_PANELS) return false
    send(panel, 'retry: 1000\n\n')
    send(panel, missedFrames(shop, lastEventId))
    if (panels.size === 0) cancelPing = shop.clock.after(PING_MS, ping)
    panels.set(panel, isWelcome)
    metrics.livePanels.set(panels.size)
    panel.on('close', () => leave(panel))
    panel.on('error', () => leave(panel))
    return true
  }

  const stopListening = shop.listen((change) => {
    if (panels.size > 0) broadcast(frameOf(shop, change))
  })

  return {
    join,
    close() {
      stopListening()
      cancelPing?.()
      for (const panel of panels.keys()) panel.end()
    },
  }
}

function frameOf(shop: Shop, change: Change): string {
  return change.kind === 'notice'
    ? noticeFrame(shop, change.noticeId)
    : change.events.map((event) => changeFrame(shop, event)).join('')
}

function missedFrames(shop: Shop, lastEventId: number | undefined): string {
  const newest = newestEventId(shop.db)
  // The id of this first frame is where a panel that has seen nothing yet goes on from.
  if (lastEventId === undefined) return `id: ${newest}\nevent: hello\ndata: {}\n\n`
  const missed = listEventsAfter(shop.db, lastEventId, MOST_MISSED + 1)
  if (missed.length > MOST_MISSED || lastEventId > newest) return `id: ${newest}\nevent: reset\ndata: {}\n\n`
  return missed.map((event) => changeFrame(shop, event)).join('') || ': up to date\n\n'
}

function changeFrame(shop: Shop, event: EventRow): string {
  const order = event.order_id === null ? undefined : findOrderSummary(shop.db, event.order_id)
  const data: LiveChange = {
    order: order ? summaryView(order) : null,
    // What is about no order is not for everybody: the turnover of the day, where the shop's trouble lies.
    event: eventView(event.order_id === null ? { ...event, data: '{}' } : event),
    counters: countOrders(shop.db),
  }
  return `id: ${event.id}\nevent: change\ndata: ${JSON.stringify(data)}\n\n`
}

function noticeFrame(shop: Shop, noticeId: number): string {
  const notice = findNamedNotice(shop.db, noticeId)
  if (!notice) return ''
  const data: LiveNotice = { number: notice.order_id, notice: noticeView(notice) }
  return `event: notice\ndata: ${JSON.stringify(data)}\n\n`
}
