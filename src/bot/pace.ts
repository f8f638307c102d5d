import type { Clock } from '../lib/clock.ts'
import type { Allowance } from '../shop/notifications/channel.ts'

/** Telegram's published limits, with a little room below them. */
const OVERALL_PER_SECOND = 28
const OVERALL_BURST = 30
/** Replies come in crowds and are never held back: so many of a burst notices leave to them. */
const KEPT_FOR_REPLIES = 5
/** However many replies there are: a crowd at the door must not keep everybody from hearing of their orders. */
const NOTICE_AT_LEAST_EVERY_MS = 250
const CHAT_BURST = 8
const GROUP_BURST = 15
const CHAT_PER_SECOND = 0.9
const GROUP_PER_SECOND = 18 / 60

interface Bucket {
  tokens: number
  at: number
}

/** Keeps what the bot sends below Telegram's flood limits. */
export interface Pace {
  /** Milliseconds until a notice may go to this chat; 0 means now, and that it goes. */
  waitMs(chatId: number): number
  /** How many messages the whole bot may send now, and the milliseconds until it may send one. */
  allowance(): Allowance
  /** Counts a message to this chat, a reply or a notice. */
  spend(chatId: number): void
  /** Telegram asked for silence towards this chat; a second chat asked meanwhile means all of them. */
  hold(chatId: number, ms: number): void
}

/** A token bucket for the whole bot and one for each chat. Replies are counted but never held back. */
export function createPace(clock: Clock): Pace {
  const overall: Bucket = { tokens: OVERALL_BURST, at: clock.now() }
  const chats = new Map<number, Bucket>()
  const held = new Map<number, number>()
  let allHeldUntil = 0
  let noticeAt = 0

  function refill(bucket: Bucket, size: number, perSecond: number, kept = 0): number {
    const now = clock.now()
    bucket.tokens = Math.min(size, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    bucket.at = now
    const missing = kept + 1 - bucket.tokens
    return missing <= 0 ? 0 : Math.ceil((missing / perSecond) * 1000)
  }

  function chatWait(chatId: number): number {
    const bucket = chats.get(chatId)
    if (!bucket) return 0
    return refill(bucket, burstOf(chatId), chatId < 0 ? GROUP_PER_SECOND : CHAT_PER_SECOND)
  }

  /** What was spent longest ago lies first: it is forgotten once the whole burst is there again. */
  function forgetRested(): void {
    for (const [chatId, bucket] of chats) {
      chatWait(chatId)
      if (bucket.tokens < burstOf(chatId)) return
      chats.delete(chatId)
    }
  }

  function allowance(): Allowance {
    const untilRoom = refill(overall, OVERALL_BURST, OVERALL_PER_SECOND, KEPT_FOR_REPLIES)
    const waitMs = Math.min(untilRoom, Math.max(0, noticeAt + NOTICE_AT_LEAST_EVERY_MS - clock.now()))
    const messages = Math.max(waitMs === 0 ? 1 : 0, Math.floor(overall.tokens - KEPT_FOR_REPLIES))
    return { messages, waitMs }
  }

  function waitMs(chatId: number): number {
    const heldUntil = Math.max(held.get(chatId) ?? 0, allHeldUntil)
    const ms = Math.max(heldUntil - clock.now(), chatWait(chatId), allowance().waitMs, 0)
    if (ms === 0) noticeAt = clock.now()
    return ms
  }

  function spend(chatId: number): void {
    forgetRested()
    const bucket = chats.get(chatId) ?? { tokens: burstOf(chatId), at: clock.now() }
    chats.delete(chatId)
    chats.set(chatId, bucket)
    chatWait(chatId)
    // Replies leave no debt in a chat: a customer who walks fast through the shop still gets the order card within a second.
    bucket.tokens = Math.max(bucket.tokens - 1, 0)
    // They do for the whole bot: what many customers are answered at once is no longer there for notices.
    overall.tokens = Math.max(overall.tokens - 1, -OVERALL_PER_SECOND)
  }

  function hold(chatId: number, ms: number): void {
    const now = clock.now()
    for (const [id, until] of held) if (until <= now) held.delete(id)
    held.set(chatId, now + ms)
    if (held.size > 1) allHeldUntil = Math.max(allHeldUntil, now + ms)
  }

  return { waitMs, allowance, spend, hold }
}

function burstOf(chatId: number): number {
  return chatId < 0 ? GROUP_BURST : CHAT_BURST
}
