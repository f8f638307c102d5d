import { dropNoticesTo } from '../../db/outbox.ts'
import {
  endStaffGroup,
  findStaffGroup,
  listStaffGroupsOfChat,
  saveStaffGroup,
} from '../../db/staff-groups.ts'
import { ShopError } from '../../lib/shop-error.ts'
import { groupOf } from '../notifications/route.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'

/** A group in Telegram, or one of its topics; `threadId` is 0 for the group itself. */
export interface GroupPlace {
  chatId: number
  threadId: number
  title: string
}

/** Tells a group of orders from now on, or no more. Returns which. Throws a ShopError forbidden. */
export function toggleGroup(work: Work, place: GroupPlace, actor: Actor & { id: number }): 'on' | 'off' {
  requireDesk(actor)
  const { chatId, threadId, title } = place
  const known = listStaffGroupsOfChat(work.tx, chatId).find((group) => group.thread_id === threadId)
  if (known) {
    closeGroup(work, known.id, actor, `ended by ${actor.name}`)
    return 'off'
  }
  saveStaffGroup(work.tx, { chatId, threadId, title, addedBy: actor.id, now: work.now })
  recordEvent(work, { type: 'group_added', orderId: null, actor, data: { title } })
  return 'on'
}

/** Tells a group no more, from the panel. Throws a ShopError: forbidden or not_found. */
export function endGroup(work: Work, groupId: number, actor: Actor): void {
  requireDesk(actor)
  if (!closeGroup(work, groupId, actor, `ended by ${actor.name}`))
    throw new ShopError('not_found', 'This group is told of nothing already.')
}

/** Ends a group and drops what still waits for it. Returns false when it had ended before. */
export function closeGroup(work: Work, groupId: number, actor: Actor, reason: string): boolean {
  const { tx, now } = work
  const title = findStaffGroup(tx, groupId)?.title
  if (!endStaffGroup(tx, { id: groupId, reason, now })) return false
  dropNoticesTo(tx, { recipient: groupOf(groupId), reason, now })
  recordEvent(work, { type: 'group_ended', orderId: null, actor, data: { title, reason } })
  return true
}

function requireDesk(actor: Actor): void {
  if (actor.role !== 'owner' && actor.role !== 'manager')
    throw new ShopError('forbidden', 'Only owners and managers can decide what a group is told.')
}
