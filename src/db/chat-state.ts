import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Flag, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type ScreenRow = Selectable<Tables['chat_screens']>

const screenOf = statement<{ personId: number }>()((p) =>
  sql.selectFrom('chat_screens').selectAll().where('person_id', '=', p.personId),
)

const putScreen = statement<{ personId: number; messageId: number; hasPhoto: Flag; now: number }>()((p) => {
  const values = { message_id: p.messageId, has_photo: p.hasPhoto, shown_at: p.now }
  return sql
    .insertInto('chat_screens')
    .values({ person_id: p.personId, ...values })
    .onConflict((oc) => oc.column('person_id').doUpdateSet(values))
})

const conversation = statement<{ key: string }>()((p) =>
  sql.selectFrom('conversations').select('value').where('key', '=', p.key),
)

const putConversation = statement<{ key: string; value: string; now: number }>()((p) =>
  sql
    .insertInto('conversations')
    .values({ key: p.key, value: p.value, updated_at: p.now })
    .onConflict((oc) => oc.column('key').doUpdateSet({ value: p.value, updated_at: p.now })),
)

const deleteConversation = statement<{ key: string }>()((p) =>
  sql.deleteFrom('conversations').where('key', '=', p.key),
)

const deleteOldConversations = statement<{ before: number; limit: number }>()((p) =>
  sql
    .deleteFrom('conversations')
    .where(
      'key',
      'in',
      sql.selectFrom('conversations').select('key').where('updated_at', '<', p.before).limit(p.limit),
    ),
)

/** The one message in a person's chat that is edited as they walk through the shop. */
export function findScreen(db: Reader, personId: number): ScreenRow | undefined {
  return db.first(screenOf({ personId }))
}

export function saveScreen(tx: Tx, screen: Parameters<typeof putScreen>[0]): void {
  tx.run(putScreen(screen))
}

export function readConversation(db: Reader, key: string): string | undefined {
  return db.first(conversation({ key }))?.value
}

export function saveConversation(tx: Tx, state: { key: string; value: string; now: number }): void {
  tx.run(putConversation(state))
}

export function removeConversation(tx: Tx, key: string): void {
  tx.run(deleteConversation({ key }))
}

export function removeOldConversations(tx: Tx, before: number, limit: number): number {
  return tx.run(deleteOldConversations({ before, limit })).changes
}
