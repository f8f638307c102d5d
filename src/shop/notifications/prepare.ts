import { findDevice } from '../../db/devices.ts'
import type { NoticeRow } from '../../db/notices.ts'
import { findPerson } from '../../db/people.ts'
import { findStaffGroup } from '../../db/staff-groups.ts'
import type { Shop } from '../work.ts'
import type { Batch, Outcome, Senders, TelegramDelivery } from './channel.ts'
import { chatMessage } from './chat-message.ts'
import { type EventFacts, gatherFacts, isAboutOrder, type NoticeFacts } from './facts.ts'
import { groupDigest } from './group-digest.ts'
import { mailNotice } from './mail-notices.ts'
import { ALERTS } from './plan.ts'
import { pushExpiresAt, pushNotice } from './push-notices.ts'
import { quietSincePlanned } from './quiet-since-planned.ts'
import { isForStaff } from './staff-notices.ts'

/** What is to be handed over, or why that is no longer needed. */
export type Prepared =
  | { send: () => Promise<Outcome>; redrawAt?: number | undefined; takesAway?: boolean }
  /** Too late is what was worth telling only for a time. */
  | { drop: string; isTooLate?: boolean }
  /** Its reader's quiet hours have begun since it was planned: until then. */
  | { putOff: number }

const GONE: Prepared = { drop: 'there is nothing to say any more' }

/**
 * Puts a notice into its reader's words as things stand now, ready for its channel. Several at once are told as one
 * message, which only groups get.
 */
export function prepare(shop: Shop, senders: Senders, notices: Batch): Prepared {
  const [notice] = notices
  const facts = gatherFacts(shop, notice)
  // Who is no longer staff sees no more of the shop's customers; a card they already have is emptied.
  const isWithdrawn = isForStaff(notice.kind) && !facts?.reader.role
  if (!facts || (isWithdrawn && notice.message_id === null)) return GONE
  switch (notice.channel) {
    case 'telegram':
      return prepareTelegram(shop, senders, notices, facts)
    case 'push':
      return preparePush(shop, senders, notice, facts)
    case 'mail':
      return prepareMail(shop, senders, notice, facts)
  }
}

function prepareTelegram(shop: Shop, senders: Senders, notices: Batch, facts: EventFacts): Prepared {
  const [notice, ...others] = notices
  const chat = chatOf(shop, notice)
  if (!chat) return GONE
  const message = others.length > 0 ? groupDigest(shop, notices) : chatMessage(facts)
  if (message === undefined || (message === null && notice.message_id === null)) return GONE
  const silent = notice.silent === 1 || quietSincePlanned(shop, notice) !== undefined
  return {
    send: () =>
      senders.telegram({
        chat,
        message: message && { ...message, silent: message.silent || silent },
        messageId: notice.message_id,
      }),
    redrawAt: message?.redrawAt,
    takesAway: message === null,
  }
}

function chatOf(shop: Shop, notice: NoticeRow): TelegramDelivery['chat'] | undefined {
  if (notice.group_id !== null) {
    const group = findStaffGroup(shop.db, notice.group_id)
    return group?.ended_at === null ? { id: group.chat_id, threadId: group.thread_id || null } : undefined
  }
  const person = notice.person_id === null ? undefined : findPerson(shop.db, notice.person_id)
  return person && { id: person.telegram_id, threadId: null }
}

function preparePush(shop: Shop, senders: Senders, notice: NoticeRow, facts: EventFacts): Prepared {
  const { push } = senders
  if (!push) return { drop: 'web push is switched off' }
  if (pushExpiresAt(notice.kind, notice.planned_at) <= shop.clock.now())
    return { drop: 'it is too late for this alert', isTooLate: true }
  if (isAboutOrder(facts) && isOver(facts)) return { drop: `the order is ${facts.order.fulfilment}` }
  const quietEnd = quietSincePlanned(shop, notice)
  if (quietEnd !== undefined) return { putOff: quietEnd }
  const device = notice.device_id === null ? undefined : findDevice(shop.db, notice.device_id)
  const { endpoint } = device ?? {}
  if (!device || !endpoint) return { drop: 'this device gets no more alerts' }
  const message = pushNotice(facts)
  return message ? { send: () => push({ device: { ...device, endpoint }, message }) } : GONE
}

/** Whether nobody needs to hurry any more: the order moved on while the alert waited, or was on its way. */
function isOver({ notice, event, order }: NoticeFacts): boolean {
  const isAlert = ALERTS.some((kind) => kind === notice.kind)
  const wasPlaced = (event.from_fulfilment ?? 'placed') === 'placed'
  return isAlert && wasPlaced && order.fulfilment !== 'placed'
}

function prepareMail(shop: Shop, senders: Senders, notice: NoticeRow, facts: EventFacts): Prepared {
  const { mail } = senders
  if (!mail) return { drop: 'e-mail is switched off' }
  const person = notice.person_id === null ? undefined : findPerson(shop.db, notice.person_id)
  const { email } = person ?? {}
  if (!person || !email) return { drop: 'there is no e-mail address any more' }
  const message = mailNotice(facts)
  const to = { name: person.name, address: email }
  return message
    ? { send: () => mail({ to, message, noticeId: notice.id, revision: notice.revision }) }
    : GONE
}
