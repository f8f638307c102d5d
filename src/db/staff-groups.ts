import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

/** A Telegram group, or one topic in it, where staff are told of orders. */
export type StaffGroupRow = Selectable<Tables['staff_groups']>

const upsert = statement<{ chatId: number; threadId: number; title: string; addedBy: number; now: number }>()(
  (p) =>
    sql
      .insertInto('staff_groups')
      .values({
        chat_id: p.chatId,
        thread_id: p.threadId,
        title: p.title,
        added_by: p.addedBy,
        added_at: p.now,
      })
      .onConflict((oc) =>
        oc.columns(['chat_id', 'thread_id']).doUpdateSet({
          title: p.title,
          added_by: p.addedBy,
          added_at: p.now,
          ended_at: null,
          end_reason: null,
        }),
      ),
)

const live = statement()(() =>
  sql.selectFrom('staff_groups').selectAll().where('ended_at', 'is', null).orderBy('id'),
)

const byId = statement<{ id: number }>()((p) =>
  sql.selectFrom('staff_groups').selectAll().where('id', '=', p.id),
)

const byChat = statement<{ chatId: number }>()((p) =>
  sql.selectFrom('staff_groups').selectAll().where('chat_id', '=', p.chatId).where('ended_at', 'is', null),
)

const end = statement<{ id: number; reason: string; now: number }>()((p) =>
  sql
    .updateTable('staff_groups')
    .set({ ended_at: p.now, end_reason: p.reason })
    .where('id', '=', p.id)
    .where('ended_at', 'is', null),
)

// Telegram tells of a move twice, from either side; a topic that is known there already stays what it is.
const move = statement<{ from: number; to: number }>()((p) =>
  sql
    .updateTable('staff_groups')
    .set({ chat_id: p.to })
    .where('chat_id', '=', p.from)
    .where(
      'thread_id',
      'not in',
      sql.selectFrom('staff_groups').select('thread_id').where('chat_id', '=', p.to),
    ),
)

const rename = statement<{ chatId: number; title: string }>()((p) =>
  sql.updateTable('staff_groups').set({ title: p.title }).where('chat_id', '=', p.chatId),
)

/** Adds a group, or takes up again one that had ended. `threadId` is 0 for the group itself. */
export function saveStaffGroup(tx: Tx, group: Parameters<typeof upsert>[0]): void {
  tx.run(upsert(group))
}

/** The groups that are told of orders. */
export function listStaffGroups(db: Reader): StaffGroupRow[] {
  return db.all(live({}))
}

export function findStaffGroup(db: Reader, id: number): StaffGroupRow | undefined {
  return db.first(byId({ id }))
}

/** The group and its topics that are told, by Telegram's chat id. */
export function listStaffGroupsOfChat(db: Reader, chatId: number): StaffGroupRow[] {
  return db.all(byChat({ chatId }))
}

/** Tells the group no more. Returns false when it had ended before. */
export function endStaffGroup(tx: Tx, group: { id: number; reason: string; now: number }): boolean {
  return tx.run(end(group)).changes === 1
}

/** Telegram gave a group a new chat id, as it does when a group grows up to a supergroup. */
export function moveStaffGroup(tx: Tx, chat: { from: number; to: number }): void {
  tx.run(move(chat))
}

export function renameStaffGroup(tx: Tx, chat: { chatId: number; title: string }): void {
  tx.run(rename(chat))
}
