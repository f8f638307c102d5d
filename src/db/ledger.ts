import { sql as raw, type Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { ChargeState, LedgerProvider, RefundState, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type LedgerRow = Selectable<Tables['ledger']>

export interface NewEntry {
  kind: 'charge' | 'refund'
  provider: LedgerProvider
  reference: string
  chargeId: number | null
  orderId: number | null
  personId: number | null
  amountMinor: number
  currency: string
  orderMinor: number
  state: ChargeState | RefundState
  reason: string | null
  raw: string
  at: number
  now: number
  checkAt: number | null
}

const insert = statement<NewEntry>()((p) =>
  sql
    .insertInto('ledger')
    .values({
      kind: p.kind,
      provider: p.provider,
      reference: p.reference,
      charge_id: p.chargeId,
      order_id: p.orderId,
      person_id: p.personId,
      amount_minor: p.amountMinor,
      currency: p.currency,
      order_minor: p.orderMinor,
      state: p.state,
      reason: p.reason,
      raw: p.raw,
      at: p.at,
      stored_at: p.now,
      updated_at: p.now,
      check_at: p.checkAt,
    })
    .onConflict((oc) => oc.columns(['kind', 'provider', 'reference']).doNothing()),
)

const byId = statement<{ id: number }>()((p) => sql.selectFrom('ledger').selectAll().where('id', '=', p.id))

const byReference = statement<{
  kind: 'charge' | 'refund'
  provider: LedgerProvider
  reference: string
}>()((p) =>
  sql
    .selectFrom('ledger')
    .selectAll()
    .where('kind', '=', p.kind)
    .where('provider', '=', p.provider)
    .where('reference', '=', p.reference),
)

const ofOrder = statement<{ orderId: number }>()((p) =>
  sql.selectFrom('ledger').selectAll().where('order_id', '=', p.orderId).orderBy('id'),
)

const chargedUnder = statement<{ provider: LedgerProvider; reference: string; from: string; to: string }>()(
  (p) =>
    sql
      .selectFrom('ledger')
      .select(raw<number>`coalesce(sum(amount_minor), 0)`.as('sum'))
      .where('kind', '=', 'charge')
      .where('provider', '=', p.provider)
      .where((eb) =>
        eb.or([
          eb('reference', '=', p.reference),
          eb.and([eb('reference', '>=', p.from), eb('reference', '<', p.to)]),
        ]),
      ),
)

const refundsOf = statement<{ chargeId: number }>()((p) =>
  sql.selectFrom('ledger').selectAll().where('charge_id', '=', p.chargeId).orderBy('id'),
)

const sums = statement<{ orderId: number }>()((p) =>
  sql
    .selectFrom('ledger')
    .where('order_id', '=', p.orderId)
    .select([
      raw<number>`coalesce(sum(order_minor) filter (where kind = 'charge' and state = 'applied'), 0)`.as(
        'charged',
      ),
      // What is given back of a charge that never counted takes nothing from the order.
      raw<number>`coalesce(sum(order_minor) filter (where kind = 'refund' and state = 'done'
        and (select state from ledger as charge where charge.id = ledger.charge_id) = 'applied'), 0)`.as(
        'refunded',
      ),
    ]),
)

const change = statement<{
  id: number
  state: ChargeState | RefundState
  orderId: number | null
  orderMinor: number
  trouble: string | null
  link: string | null
  reference: string
  raw: string
  checkAt: number | null
  attempts: number
  now: number
}>()((p) =>
  sql
    .updateTable('ledger')
    .set({
      state: p.state,
      order_id: p.orderId,
      order_minor: p.orderMinor,
      trouble: p.trouble,
      link: p.link,
      reference: p.reference,
      raw: p.raw,
      check_at: p.checkAt,
      attempts: p.attempts,
      updated_at: p.now,
    })
    .where('id', '=', p.id),
)

const received = statement<{ limit: number }>()((p) =>
  sql.selectFrom('ledger').select('id').where('state', '=', 'received').orderBy('id').limit(p.limit),
)

const matters = statement<{ limit: number }>()((p) =>
  sql
    .selectFrom('ledger')
    .selectAll()
    .where(raw<boolean>`trouble is not null or state = 'by_hand'`)
    .orderBy('id')
    .limit(p.limit),
)

const underWay = statement<{ limit: number }>()((p) =>
  sql
    .selectFrom('ledger')
    .selectAll()
    .where(raw<boolean>`state in ('wanted', 'offered')`)
    .orderBy('id')
    .limit(p.limit),
)

const due = statement<{ provider: LedgerProvider | null; now: number; limit: number }>()((p) =>
  sql
    .selectFrom('ledger')
    .selectAll()
    .where('check_at', 'is not', null)
    .where('check_at', '<=', p.now)
    .where(raw<boolean>`provider = coalesce(${p.provider}, provider)`)
    .orderBy('check_at')
    .limit(p.limit),
)

/** Appends to the ledger. Returns the new row's id, or undefined when this very charge or refund is in it already. */
export function addEntry(tx: Tx, entry: NewEntry): number | undefined {
  const { changes, id } = tx.run(insert(entry))
  return changes === 1 ? id : undefined
}

export function findEntry(db: Reader, id: number): LedgerRow | undefined {
  return db.first(byId({ id }))
}

export function findEntryByReference(
  db: Reader,
  named: { kind: 'charge' | 'refund'; provider: LedgerProvider; reference: string },
): LedgerRow | undefined {
  return db.first(byReference(named))
}

/** What charges of this reference, and of those that begin with it and a colon, come to; void ones too. */
export function sumChargesUnder(db: Reader, provider: LedgerProvider, reference: string): number {
  // A semicolon is what follows a colon.
  return db.first(chargedUnder({ provider, reference, from: `${reference}:`, to: `${reference};` }))?.sum ?? 0
}

export function listEntriesOfOrder(db: Reader, orderId: number): LedgerRow[] {
  return db.all(ofOrder({ orderId }))
}

export function listRefundsOfCharge(db: Reader, chargeId: number): LedgerRow[] {
  return db.all(refundsOf({ chargeId }))
}

/** What came in for an order and counts, and what went back, in the order's currency. */
export function sumLedger(db: Reader, orderId: number): { charged: number; refunded: number } {
  return db.first(sums({ orderId })) ?? { charged: 0, refunded: 0 }
}

/** What can change of an entry: how it stands, never its money. */
export type EntryChange = Partial<{
  state: ChargeState | RefundState
  orderId: number | null
  orderMinor: number
  trouble: string | null
  link: string | null
  reference: string
  raw: string
  checkAt: number | null
  attempts: number
}>

/** Changes how an entry stands; what `changes` leaves out stays as it is. */
export function changeEntry(tx: Tx, entry: LedgerRow, changes: EntryChange & { now: number }): void {
  tx.run(
    change({
      id: entry.id,
      state: entry.state,
      orderId: entry.order_id,
      orderMinor: entry.order_minor,
      trouble: entry.trouble,
      link: entry.link,
      reference: entry.reference,
      raw: entry.raw,
      checkAt: entry.check_at,
      attempts: entry.attempts,
      ...changes,
    }),
  )
}

/** Charges that are stored and not yet looked at. */
export function listReceivedCharges(db: Reader, limit: number): number[] {
  return db.all(received({ limit })).map((row) => row.id)
}

/** Entries that wait for a person: charges without a place, refunds to be paid by hand, and those that failed. */
export function listMoneyMatters(db: Reader, limit: number): LedgerRow[] {
  return db.all(matters({ limit }))
}

/** Refunds that have begun and are not with their customers yet, oldest first; without those to be paid by hand. */
export function listRefundsUnderWay(db: Reader, limit: number): LedgerRow[] {
  return db.all(underWay({ limit }))
}

/** Refunds whose provider is to be asked now; `provider` null is all of them. */
export function listDueEntries(db: Reader, at: Parameters<typeof due>[0]): LedgerRow[] {
  return db.all(due(at))
}
