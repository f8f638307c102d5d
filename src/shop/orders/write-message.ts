import type { Reader } from '../../db/database.ts'
import { countEventsSince } from '../../db/events.ts'
import { type OrderRow, setAnswered, setUnanswered } from '../../db/orders.ts'
import { cleanText } from '../../lib/clean-text.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { planNotices, refreshAnswerCards } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'
import { endedSince } from './ended-since.ts'
import { findOrderFor, isDoneBefore } from './take-step.ts'

const MAX_WORDS = 1000
const HOUR_MS = 3_600_000
const WRITABLE_FOR_MS = 30 * 24 * HOUR_MS
/** So many messages a customer may write about one order in an hour. */
const MOST_AN_HOUR = 10

export interface MessageCommand {
  orderId: number
  words: string
  /** The customer, who writes to the shop, or a member of staff, who writes to the customer. */
  actor: Actor
  /** Makes a repeated command harmless. */
  requestKey?: string | undefined
}

/** Whether people still write to each other about the order: until 30 days after it ended. */
export function mayWrite(db: Reader, order: OrderRow, now: number): boolean {
  return endedSince(db, order, now) <= WRITABLE_FOR_MS
}

/** Passes on what one side says about an order to the other. Throws a ShopError: not_found, invalid, conflict. */
export function writeMessage(work: Work, { orderId, words, actor, requestKey }: MessageCommand): void {
  const order = findOrderFor(work, actor, orderId)
  const type = actor.kind === 'customer' ? 'customer_wrote' : 'shop_wrote'
  if (isDoneBefore(work, { orderId, requestKey }, type)) return
  const said = cleanText(words)
  if (!said) throw new ShopError('invalid', 'Please write a few words.', { field: 'words' })
  if (said.length > MAX_WORDS)
    throw new ShopError('invalid', `Please use at most ${MAX_WORDS} characters.`, { field: 'words' })
  if (!mayWrite(work.tx, order, work.now))
    throw new ShopError('conflict', `Order #${orderId} was over more than 30 days ago.`)
  if (actor.kind === 'customer') checkPace(work, orderId)
  const id = recordEvent(work, { type, orderId, actor, data: { words: said }, requestKey })
  planNotices(work, { id, type, actor }, order, work.now)
  if (actor.kind === 'customer') {
    setUnanswered(work.tx, orderId, work.now)
  } else {
    setAnswered(work.tx, orderId)
    refreshAnswerCards(work, orderId)
  }
}

function checkPace({ tx, now }: Work, orderId: number): void {
  const written = countEventsSince(tx, { orderId, type: 'customer_wrote', since: now - HOUR_MS })
  if (written >= MOST_AN_HOUR)
    throw new ShopError('conflict', 'The shop has all your messages. Please give it some time to answer.')
}
