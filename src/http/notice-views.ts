import {
  type AttemptRow,
  type FailureRow,
  findNamedNotice,
  listAttempts,
  type NoticeWithRecipient,
} from '../db/proof.ts'
import { ShopError } from '../lib/shop-error.ts'
import { CUSTOMER_NOTICE } from '../shop/notifications/plan.ts'
import type { ProofOverview } from '../shop/notifications/proof-overview.ts'
import { waysToResend } from '../shop/notifications/resend-notice.ts'
import { handoverOf } from '../shop/orders/progress.ts'
import type { Shop } from '../shop/work.ts'
import type { Attempt, NoticeDetail, NoticeFate } from './contract/notice.ts'
import type { Failure, NoticeOverview } from './contract/notice-overview.ts'

type NamedOrder = Pick<NoticeWithRecipient, 'address' | 'delivery_method'>

const FOR_CUSTOMERS = new Set(Object.values(CUSTOMER_NOTICE))

export function noticeView(row: NoticeWithRecipient): NoticeFate {
  // A card waiting to be drawn again has long reached its reader.
  const reached =
    row.card === 1 && row.sent_at !== null && (row.state === 'waiting' || row.state === 'sending')
  return {
    id: row.id,
    eventId: row.event_id,
    number: row.order_id,
    handover: handoverFor(row),
    kind: row.kind,
    recipient: row.group_title ?? row.person_name ?? '',
    device: row.device_name,
    to: toWhom(row.kind, row.group_title),
    channel: row.channel,
    state: reached ? 'sent' : row.state,
    attempts: row.attempts,
    plannedAt: row.planned_at,
    dueAt: row.due_at,
    sentAt: row.sent_at,
    shownAt: row.shown_at,
    openedAt: row.opened_at,
    updatedAt: row.updated_at,
    lastError: row.last_error,
    unreachable: Boolean(row.unreachable),
    toldBy: row.told_by,
  }
}

function handoverFor({ address, delivery_method }: NamedOrder): NoticeFate['handover'] {
  return delivery_method === null ? null : handoverOf({ address, delivery_method })
}

function toWhom(kind: string, groupTitle: string | null): NoticeFate['to'] {
  if (FOR_CUSTOMERS.has(kind)) return 'customer'
  return groupTitle === null ? 'staff' : 'group'
}

/** A notice with every try to deliver it. Throws a ShopError not_found. */
export function proofView({ db, settings }: Shop, id: number): NoticeDetail {
  const row = findNamedNotice(db, id)
  if (!row) throw new ShopError('not_found', 'There is no such notice.')
  const fate = noticeView(row)
  return {
    ...fate,
    createdAt: row.created_at,
    tries: listAttempts(db, id).map(attemptView),
    ways: waysToResend(db, settings, row).filter((channel) => isWorthIt(fate, channel)),
  }
}

/** Not where it must fail, and not where it was told already. */
function isWorthIt(fate: NoticeFate, channel: NoticeFate['channel']): boolean {
  return channel === fate.channel ? !fate.unreachable : channel !== fate.toldBy
}

function attemptView(row: AttemptRow): Attempt {
  return { at: row.at, tookMs: row.took_ms, outcome: row.outcome, answer: row.answer }
}

export function overviewView({ failures, ...overview }: ProofOverview): NoticeOverview {
  return { ...overview, failures: failures.flatMap(failureView) }
}

function failureView(row: FailureRow): Failure[] {
  if (row.outcome === 'sent') return []
  return [
    {
      id: row.id,
      noticeId: row.notice_id,
      at: row.at,
      outcome: row.outcome,
      answer: row.answer,
      number: row.order_id,
      handover: handoverFor(row),
      kind: row.kind,
      recipient: row.group_title ?? row.person_name ?? '',
      device: row.device_name,
      to: toWhom(row.kind, row.group_title),
      channel: row.channel,
      state: row.state,
    },
  ]
}
