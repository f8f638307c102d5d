import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { OnlineProvider, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type ProviderMessageRow = Selectable<Tables['provider_messages']>

export interface NewMessage {
  provider: ProviderMessageRow['provider']
  /** The same message again has the same key. */
  key: string
  body: string
  now: number
}

const insert = statement<NewMessage>()((p) =>
  sql
    .insertInto('provider_messages')
    .values({ provider: p.provider, key: p.key, body: p.body, received_at: p.now, check_at: p.now })
    .onConflict((oc) => oc.columns(['provider', 'key']).doNothing()),
)

const due = statement<{ now: number; limit: number }>()((p) =>
  sql
    .selectFrom('provider_messages')
    .selectAll()
    .where('done_at', 'is', null)
    .where('check_at', '<=', p.now)
    .orderBy('check_at')
    .limit(p.limit),
)

const done = statement<{ id: number; now: number }>()((p) =>
  sql
    .updateTable('provider_messages')
    .set({ done_at: p.now, check_at: null, last_error: null })
    .where('id', '=', p.id),
)

const postpone = statement<{ id: number; checkAt: number; error: string }>()((p) =>
  sql
    .updateTable('provider_messages')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), check_at: p.checkAt, last_error: p.error }))
    .where('id', '=', p.id),
)

const deleteDone = statement<{ before: number; limit: number }>()((p) =>
  sql
    .deleteFrom('provider_messages')
    .where('id', 'in', sql.selectFrom('provider_messages').select('id').orderBy('id').limit(p.limit))
    .where('done_at', '<', p.before),
)

/** Stores what a provider said, once. Returns false when it was here already. */
export function addProviderMessage(tx: Tx, message: NewMessage): boolean {
  return tx.run(insert(message)).changes === 1
}

/** Messages nobody has acted upon yet, the longest waiting first. */
export function listDueMessages(
  db: Reader,
  { provider, now, limit }: { provider: OnlineProvider; now: number; limit: number },
): ProviderMessageRow[] {
  // The only one that posts to the shop.
  return provider === 'btcpay' ? db.all(due({ now, limit })) : []
}

export function setMessageDone(tx: Tx, id: number, now: number): void {
  tx.run(done({ id, now }))
}

/** The message is read again at `checkAt`. */
export function postponeMessage(tx: Tx, postponed: { id: number; checkAt: number; error: string }): void {
  tx.run(postpone(postponed))
}

/** Forgets messages that were acted upon, of the oldest `limit`. Returns how many went. */
export function removeDoneMessages(tx: Tx, before: number, limit: number): number {
  return tx.run(deleteDone({ before, limit })).changes
}
