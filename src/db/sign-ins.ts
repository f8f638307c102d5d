import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

/** A browser outside Telegram that asks to be signed in. */
export type SignInRow = Selectable<Tables['sign_ins']>

const insertSignIn = statement<{
  linkHash: string
  browserHash: string
  number: number
  userAgent: string
  now: number
  expiresAt: number
}>()((p) =>
  sql.insertInto('sign_ins').values({
    link_hash: p.linkHash,
    browser_hash: p.browserHash,
    number: p.number,
    user_agent: p.userAgent,
    created_at: p.now,
    expires_at: p.expiresAt,
  }),
)

const byLink = statement<{ linkHash: string }>()((p) =>
  sql.selectFrom('sign_ins').selectAll().where('link_hash', '=', p.linkHash),
)

const byBrowser = statement<{ browserHash: string }>()((p) =>
  sql.selectFrom('sign_ins').selectAll().where('browser_hash', '=', p.browserHash),
)

const answer = statement<{ id: number; state: 'approved' | 'refused'; personId: number; now: number }>()(
  (p) =>
    sql
      .updateTable('sign_ins')
      .set({ state: p.state, person_id: p.personId })
      .where('id', '=', p.id)
      .where('state', '=', 'waiting')
      .where('expires_at', '>', p.now),
)

const use = statement<{ id: number; now: number }>()((p) =>
  sql
    .updateTable('sign_ins')
    .set({ state: 'used' })
    .where('id', '=', p.id)
    .where('state', '=', 'approved')
    .where('expires_at', '>', p.now),
)

const countOpen = statement<{ now: number }>()((p) =>
  sql
    .selectFrom('sign_ins')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('expires_at', '>', p.now),
)

const deleteOfBrowser = statement<{ browserHash: string }>()((p) =>
  sql.deleteFrom('sign_ins').where('browser_hash', '=', p.browserHash),
)

// One that was answered is as good as used: it goes only when nobody waits.
const deleteOldest = statement<{ now: number }>()((p) =>
  sql.deleteFrom('sign_ins').where(
    'id',
    '=',
    sql
      .selectFrom('sign_ins')
      .select('id')
      .where('expires_at', '>', p.now)
      .orderBy((eb) => eb('state', '!=', 'waiting'))
      .orderBy('id')
      .limit(1),
  ),
)

const deleteBefore = statement<{ before: number }>()((p) =>
  sql.deleteFrom('sign_ins').where('expires_at', '<=', p.before),
)

export function addSignIn(tx: Tx, signIn: Parameters<typeof insertSignIn>[0]): void {
  tx.run(insertSignIn(signIn))
}

export function findSignInByLink(db: Reader, linkHash: string): SignInRow | undefined {
  return db.first(byLink({ linkHash }))
}

export function findSignInByBrowser(db: Reader, browserHash: string): SignInRow | undefined {
  return db.first(byBrowser({ browserHash }))
}

/** Returns false when it is too late for an answer, or one was given before. */
export function setSignInAnswer(tx: Tx, given: Parameters<typeof answer>[0]): boolean {
  return tx.run(answer(given)).changes === 1
}

/** Takes an approved sign-in, which can be done once. Returns whether this was the once. */
export function takeSignIn(tx: Tx, id: number, now: number): boolean {
  return tx.run(use({ id, now })).changes === 1
}

/** How many were begun and have not run out, whatever became of them. */
export function countSignIns(db: Reader, now: number): number {
  return db.first(countOpen({ now }))?.count ?? 0
}

export function removeSignInOfBrowser(tx: Tx, browserHash: string): void {
  tx.run(deleteOfBrowser({ browserHash }))
}

/** Forgets the oldest that has not run out, of those that wait if there are any. */
export function removeOldestSignIn(tx: Tx, now: number): void {
  tx.run(deleteOldest({ now }))
}

/** Forgets those that ran out before a moment. */
export function removeSignInsBefore(tx: Tx, before: number): void {
  tx.run(deleteBefore({ before }))
}
