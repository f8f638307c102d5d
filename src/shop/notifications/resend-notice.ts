import type { Reader } from '../../db/database.ts'
import { findNotice, findNoticeByKey, type NoticeRow, reviveNotice } from '../../db/notices.ts'
import type { Channel } from '../../db/schema.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, ShopSettings, Work } from '../work.ts'
import { type Target, targetsOn } from './other-channel.ts'
import { addRoute } from './plan.ts'

const CHANNELS: readonly Channel[] = ['telegram', 'push', 'mail']

/**
 * Tells a notice's news once more: on its own channel, or to the same person on another one. Throws a ShopError:
 * not_found, or conflict when it cannot be told there.
 */
export function resendNotice(
  work: Work,
  command: { noticeId: number; channel?: Channel | undefined; actor: Actor },
): void {
  const { tx, settings } = work
  const notice = findNotice(tx, command.noticeId)
  if (!notice) throw new ShopError('not_found', 'There is no such notice.')
  if (!isDecided(notice)) throw new ShopError('conflict', whyNot(notice))
  const channel = command.channel ?? notice.channel
  const targets = targetsOn(tx, settings, notice, channel)
  if (targets.length === 0) throw new ShopError('conflict', nobodyThere(notice, channel, settings))
  const known = targets.map((target) => ({ target, row: rowOf(tx, notice, target) }))
  const open = known.filter(({ row }) => !row || isResendable(row))
  if (open.length === 0) throw new ShopError('conflict', whyNot(known[0]?.row ?? notice))
  for (const { target, row } of open) {
    if (row) reviveNotice(tx, { id: row.id, now: work.now })
    else
      addRoute(
        work,
        notice.event_id,
        notice.order_id,
        { ...target, ...ATTENDED, dueAt: work.now },
        notice.kind,
      )
  }
  recordEvent(work, {
    type: 'notice_resent',
    orderId: notice.order_id,
    actor: command.actor,
    data: { kind: notice.kind, channel },
  })
}

/** Somebody waits for it: it may ring. */
const ATTENDED = { silent: false }

/** The channels on which a notice's news can be told once more, now. */
export function waysToResend(db: Reader, settings: ShopSettings, notice: NoticeRow): Channel[] {
  if (!isDecided(notice)) return []
  return CHANNELS.filter((channel) =>
    targetsOn(db, settings, notice, channel).some((target) => {
      const row = rowOf(db, notice, target)
      return !row || isResendable(row)
    }),
  )
}

function rowOf(db: Reader, notice: NoticeRow, { recipient }: Target): NoticeRow | undefined {
  if (recipient === notice.recipient) return notice
  return findNoticeByKey(db, { eventId: notice.event_id, kind: notice.kind, recipient })
}

/** What has never been tried may still be taken back, and must not be told by another way before. */
function isDecided({ state, attempts }: NoticeRow): boolean {
  return state !== 'undone' && (state !== 'waiting' || attempts > 0)
}

function isResendable({ state, card }: NoticeRow): boolean {
  return state === 'dead' || (state === 'sent' && card === 0)
}

function nobodyThere(notice: NoticeRow, channel: Channel, settings: ShopSettings): string {
  if (channel === 'mail') {
    if (!settings.channels.mail) return 'E-mail is switched off in this shop.'
    return 'There is no e-mail address to send this to.'
  }
  if (channel === 'telegram') return 'This cannot be told in the chat.'
  if (!settings.channels.push) return 'Web push is switched off in this shop.'
  return notice.channel === 'push'
    ? 'This device gets no more alerts. Try Telegram instead.'
    : 'There is no device with alerts switched on.'
}

function whyNot({ state, card }: NoticeRow): string {
  if (state === 'waiting' || state === 'sending') return 'This message is on its way already.'
  if (state === 'undone') return 'The step was taken back, so there is nothing to tell.'
  if (state === 'dropped') return 'Nobody needs this message any more.'
  return card === 1
    ? 'The order’s card is there already, and is kept up to date.'
    : 'This message cannot be sent again.'
}
