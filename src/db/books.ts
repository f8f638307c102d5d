import { sql as raw, type Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { LedgerRow } from './ledger.ts'
import type { OrderRow } from './orders.ts'
import type { PaymentProofRow } from './payment-proofs.ts'
import type { LedgerProvider, OnlineProvider, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type BookCheckRow = Selectable<Tables['book_checks']>
export type BookDifferenceRow = Selectable<Tables['book_differences']>

const ordersAfter = statement<{ after: number; limit: number }>()((p) =>
  sql.selectFrom('orders').selectAll().where('id', '>', p.after).orderBy('id').limit(p.limit),
)

const proofsAfter = statement<{ after: number; limit: number }>()((p) =>
  sql.selectFrom('payment_proofs').selectAll().where('id', '>', p.after).orderBy('id').limit(p.limit),
)

const refundsAfter = statement<{ after: number; limit: number }>()((p) =>
  sql
    .selectFrom('ledger')
    .where('charge_id', '>', p.after)
    .where('state', 'not in', ['failed', 'void'])
    .select((eb) => ['charge_id', eb.fn.sum<number>('amount_minor').as('amount')])
    .groupBy('charge_id')
    .orderBy('charge_id')
    .limit(p.limit),
)

const ofProvider = statement<{
  provider: OnlineProvider
  from: number
  to: number
  after: number
  limit: number
}>()((p) =>
  sql
    .selectFrom('ledger')
    .selectAll()
    .where('provider', '=', p.provider)
    .where(raw<boolean>`(at, id) > (${p.from}, ${p.after})`)
    .where('at', '<', p.to)
    .orderBy('at')
    .orderBy('id')
    .limit(p.limit),
)

const partsOf = statement<{
  kind: 'charge' | 'refund'
  provider: OnlineProvider
  reference: string
}>()((p) =>
  sql
    .selectFrom('ledger')
    .selectAll()
    .where('kind', '=', p.kind)
    .where('provider', '=', p.provider)
    // A semicolon is what comes after a colon.
    .where(
      raw<boolean>`(reference = ${p.reference} or (reference > ${p.reference} || ':' and reference < ${p.reference} || ';'))`,
    )
    .orderBy('id'),
)

const receivedBefore = statement<{ before: number; limit: number }>()((p) =>
  sql
    .selectFrom('ledger')
    .selectAll()
    .where('state', '=', 'received')
    .where('stored_at', '<', p.before)
    .orderBy('id')
    .limit(p.limit),
)

const offersBefore = statement<{ before: number; limit: number }>()((p) =>
  sql
    .selectFrom('ledger')
    .selectAll()
    .where('check_at', 'is not', null)
    .where('state', '=', 'offered')
    .where('trouble', 'is', null)
    .where('stored_at', '<', p.before)
    .orderBy('id')
    .limit(p.limit),
)

const requestSince = statement<{ provider: OnlineProvider; since: number }>()((p) =>
  sql
    .selectFrom('payment_requests')
    .select('id')
    .where('provider', '=', p.provider)
    .where('created_at', '>=', p.since)
    .limit(1),
)

const charged = statement<{ from: number; to: number }>()((p) =>
  sql
    .selectFrom('ledger')
    .where('at', '>=', p.from)
    .where('at', '<', p.to)
    .where('kind', '=', 'charge')
    .where('state', '<>', 'void')
    .select((eb) => [
      'provider',
      'currency',
      'kind',
      eb.fn.sum<number>('amount_minor').as('amount'),
      eb.fn.countAll<number>().as('count'),
    ])
    .groupBy(['provider', 'currency', 'kind']),
)

// A refund changes no more once it is done. The words of the state are written out for the index of done refunds.
const refunded = statement<{ from: number; to: number }>()((p) =>
  sql
    .selectFrom('ledger')
    .where('updated_at', '>=', p.from)
    .where('updated_at', '<', p.to)
    .where(raw<boolean>`kind = 'refund' and state = 'done'`)
    .select((eb) => [
      'provider',
      'currency',
      'kind',
      eb.fn.sum<number>('amount_minor').as('amount'),
      eb.fn.countAll<number>().as('count'),
    ])
    .groupBy(['provider', 'currency', 'kind']),
)

const insertCheck = statement<{ key: string; now: number }>()((p) =>
  sql
    .insertInto('book_checks')
    .values({ key: p.key, started_at: p.now })
    .onConflict((oc) => oc.column('key').doNothing()),
)

const unfinished = statement()(() =>
  sql.selectFrom('book_checks').selectAll().where('finished_at', 'is', null).orderBy('id').limit(1),
)

const lastFinished = statement()(() =>
  sql
    .selectFrom('book_checks')
    .selectAll()
    .where('finished_at', 'is not', null)
    .orderBy('id', 'desc')
    .limit(1),
)

const checkByKey = statement<{ key: string }>()((p) =>
  sql.selectFrom('book_checks').select('id').where('key', '=', p.key),
)

const endChecks = statement<{ figures: string; now: number }>()((p) =>
  sql
    .updateTable('book_checks')
    .set({ finished_at: p.now, figures: p.figures })
    .where('finished_at', 'is', null),
)

export interface FoundDifference {
  /** The same difference found again has the same key, which begins with its source and a colon. */
  key: string
  kind: string
  orderId: number | null
  ledgerId: number | null
  provider: LedgerProvider | null
  words: string
}

// What a person has settled stays settled; what had gone away and is found again is new.
const keep = statement<FoundDifference & { now: number }>()((p) =>
  sql
    .insertInto('book_differences')
    .values({
      key: p.key,
      kind: p.kind,
      order_id: p.orderId,
      ledger_id: p.ledgerId,
      provider: p.provider,
      words: p.words,
      found_at: p.now,
      seen_at: p.now,
    })
    .onConflict((oc) =>
      oc.column('key').doUpdateSet((eb) => ({
        seen_at: p.now,
        words: eb.ref('excluded.words'),
        found_at: raw`iif(gone_at is not null and settled_by is null, excluded.found_at, book_differences.found_at)`,
        gone_at: raw`iif(settled_by is null, null, gone_at)`,
      })),
    ),
)

const openDifferences = statement<{ limit: number }>()((p) =>
  sql.selectFrom('book_differences').selectAll().where('gone_at', 'is', null).orderBy('id').limit(p.limit),
)

const countOpen = statement<{ since: number }>()((p) =>
  sql
    .selectFrom('book_differences')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('gone_at', 'is', null)
    .where('found_at', '>=', p.since),
)

const oldestOpen = statement<{ provider: LedgerProvider }>()((p) =>
  sql
    .selectFrom('book_differences')
    .select((eb) => eb.fn.min('found_at').as('at'))
    .where('gone_at', 'is', null)
    .where('provider', '=', p.provider),
)

const goneOf = statement<{ source: string; before: number; now: number }>()((p) =>
  sql
    .updateTable('book_differences')
    .set({ gone_at: p.now })
    .where('gone_at', 'is', null)
    .where('seen_at', '<', p.before)
    .where(raw<boolean>`key like ${p.source} || ':%'`),
)

const settle = statement<{ id: number; by: number; now: number }>()((p) =>
  sql
    .updateTable('book_differences')
    .set({ gone_at: p.now, settled_by: p.by })
    .where('id', '=', p.id)
    .where('gone_at', 'is', null),
)

const differenceById = statement<{ id: number }>()((p) =>
  sql.selectFrom('book_differences').selectAll().where('id', '=', p.id),
)

export interface PageAfter {
  after: number
  limit: number
}

/** Orders by number, to walk over all of them in pages. */
export function listOrdersAfter(db: Reader, page: PageAfter): OrderRow[] {
  return db.all(ordersAfter(page))
}

/** Receipts by id, to walk over all of them in pages. */
export function listProofsAfter(db: Reader, page: PageAfter): PaymentProofRow[] {
  return db.all(proofsAfter(page))
}

/** By charge, what of it goes back or has gone, in its own currency; to walk over all of them in pages. */
export function listRefundedAfter(db: Reader, page: PageAfter): { chargeId: number; amount: number }[] {
  return db
    .all(refundsAfter(page))
    .map(({ charge_id: chargeId, amount }) => ({ chargeId: chargeId ?? 0, amount }))
}

/** Entries of a provider paid before `to` and after the entry `after` at the moment `from`, in that order. */
export function listEntriesOfProvider(
  db: Reader,
  page: { provider: OnlineProvider; from: number; to: number } & PageAfter,
): LedgerRow[] {
  return db.all(ofProvider(page))
}

/**
 * All entries of what the provider calls so. Money that comes in parts for the same thing stands in further entries, whose
 * references begin with the first one's and a colon.
 */
export function listParts(db: Reader, named: Parameters<typeof partsOf>[0]): LedgerRow[] {
  return db.all(partsOf(named))
}

/** Charges that were stored before then, and that nobody has applied. */
export function listStaleCharges(db: Reader, before: number, limit: number): LedgerRow[] {
  return db.all(receivedBefore({ before, limit }))
}

/** Refunds that began before then, and that the customer has not claimed. */
export function listUnclaimed(db: Reader, before: number, limit: number): LedgerRow[] {
  return db.all(offersBefore({ before, limit }))
}

/** Whether a customer was asked to pay this way since then. */
export function wasAskedSince(db: Reader, provider: OnlineProvider, since: number): boolean {
  return db.first(requestSince({ provider, since })) !== undefined
}

/** What came in and what went back, as it was done, from `from` until before `to`, by provider, currency and direction. */
export function sumSpan(db: Reader, span: { from: number; to: number }) {
  return [...db.all(charged(span)), ...db.all(refunded(span))]
}

/** Begins a check of the books, unless there has been one under this key. */
export function addBookCheck(tx: Tx, check: { key: string; now: number }): void {
  tx.run(insertCheck(check))
}

export function hasBookCheck(db: Reader, key: string): boolean {
  return db.first(checkByKey({ key })) !== undefined
}

/** The check that has begun and not ended. */
export function findUnfinishedCheck(db: Reader): BookCheckRow | undefined {
  return db.first(unfinished({}))
}

export function findLastCheck(db: Reader): BookCheckRow | undefined {
  return db.first(lastFinished({}))
}

/** Ends whatever checks had begun: they asked for the same. */
export function finishBookChecks(tx: Tx, ended: { figures: string; now: number }): void {
  tx.run(endChecks(ended))
}

/** Notes a difference as seen now; one that is known already stays the same row. */
export function keepDifference(tx: Tx, found: FoundDifference & { now: number }): void {
  tx.run(keep(found))
}

/** What of a source was not seen since `before` is no difference any more. */
export function endUnseen(tx: Tx, unseen: { source: string; before: number; now: number }): void {
  tx.run(goneOf(unseen))
}

/** Differences that are there and that nobody has settled, oldest first. */
export function listDifferences(db: Reader, limit: number): BookDifferenceRow[] {
  return db.all(openDifferences({ limit }))
}

/** How many differences are open; of those that were found since then. */
export function countDifferences(db: Reader, since = 0): number {
  return db.first(countOpen({ since }))?.count ?? 0
}

/** When the oldest open difference of a provider was found. */
export function oldestDifference(db: Reader, provider: LedgerProvider): number | undefined {
  return db.first(oldestOpen({ provider }))?.at ?? undefined
}

export function findDifference(db: Reader, id: number): BookDifferenceRow | undefined {
  return db.first(differenceById({ id }))
}

/** A person says that it is fine. Returns false when it is settled or gone already. */
export function settleOpenDifference(tx: Tx, settled: { id: number; by: number; now: number }): boolean {
  return tx.run(settle(settled)).changes === 1
}
