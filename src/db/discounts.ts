import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { DiscountKind, Flag, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type DiscountCodeRow = Selectable<Tables['discount_codes']>
export type DiscountUseRow = Selectable<Tables['discount_uses']>

const all = statement()(() => sql.selectFrom('discount_codes').selectAll().orderBy('id', 'desc'))

const byCode = statement<{ code: string }>()((p) =>
  sql.selectFrom('discount_codes').selectAll().where('code', '=', p.code),
)

const byId = statement<{ id: number }>()((p) =>
  sql.selectFrom('discount_codes').selectAll().where('id', '=', p.id),
)

const oneActive = statement()(() =>
  sql.selectFrom('discount_codes').select('id').where('active', '=', 1).limit(1),
)

export interface DiscountValues {
  /** Null makes a new one. */
  id: number | null
  code: string
  kind: DiscountKind
  value: number
  startsAt: number | null
  endsAt: number | null
  minimumMinor: number
  perCustomer: number | null
  totalUses: number | null
}

const put = statement<DiscountValues & { active: Flag; now: number }>()((p) => {
  const values = {
    code: p.code,
    kind: p.kind,
    value: p.value,
    starts_at: p.startsAt,
    ends_at: p.endsAt,
    minimum_minor: p.minimumMinor,
    per_customer: p.perCustomer,
    total_uses: p.totalUses,
    active: p.active,
  }
  return sql
    .insertInto('discount_codes')
    .values({ id: p.id as number, created_at: p.now, ...values })
    .onConflict((oc) => oc.column('id').doUpdateSet(values))
})

const usesOfPerson = statement<{ codeId: number; personId: number }>()((p) =>
  sql
    .selectFrom('discount_uses')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('code_id', '=', p.codeId)
    .where('person_id', '=', p.personId)
    .where('returned_at', 'is', null),
)

const useOfOrder = statement<{ orderId: number }>()((p) =>
  sql.selectFrom('discount_uses').selectAll().where('order_id', '=', p.orderId),
)

// The whole rule against one use too many: the row changes only while one is left.
const count = statement<{ id: number }>()((p) =>
  sql
    .updateTable('discount_codes')
    .set((eb) => ({ used: eb('used', '+', 1) }))
    .where('id', '=', p.id)
    .where((eb) => eb.or([eb('total_uses', 'is', null), eb('used', '<', eb.ref('total_uses'))])),
)

const uncount = statement<{ id: number }>()((p) =>
  sql
    .updateTable('discount_codes')
    .set((eb) => ({ used: eb('used', '-', 1) }))
    .where('id', '=', p.id),
)

const putUse = statement<{ orderId: number; codeId: number; personId: number }>()((p) =>
  sql
    .insertInto('discount_uses')
    .values({ order_id: p.orderId, code_id: p.codeId, person_id: p.personId, returned_at: null })
    .onConflict((oc) => oc.column('order_id').doUpdateSet({ returned_at: null })),
)

const markReturned = statement<{ orderId: number; now: number }>()((p) =>
  sql
    .updateTable('discount_uses')
    .set({ returned_at: p.now })
    .where('order_id', '=', p.orderId)
    .where('returned_at', 'is', null),
)

const guessesOf = statement<{ personId: number }>()((p) =>
  sql.selectFrom('discount_guesses').selectAll().where('person_id', '=', p.personId),
)

const putGuesses = statement<{ personId: number; since: number; wrong: number }>()((p) =>
  sql
    .insertInto('discount_guesses')
    .values({ person_id: p.personId, since: p.since, wrong: p.wrong })
    .onConflict((oc) => oc.column('person_id').doUpdateSet({ since: p.since, wrong: p.wrong })),
)

/** All discount codes, newest first. */
export function listDiscountCodes(db: Reader): DiscountCodeRow[] {
  return db.all(all({}))
}

/** The code as it is written in capitals. */
export function findDiscountCode(db: Reader, code: string): DiscountCodeRow | undefined {
  return db.first(byCode({ code }))
}

export function findDiscountCodeById(db: Reader, id: number): DiscountCodeRow | undefined {
  return db.first(byId({ id }))
}

/** Whether there is any code a customer could have. */
export function hasDiscountCodes(db: Reader): boolean {
  return db.first(oneActive({})) !== undefined
}

/** Adds a code (id null) or changes one; how often it was used stays. */
export function saveDiscountCode(tx: Tx, code: Parameters<typeof put>[0]): void {
  tx.run(put(code))
}

/** How many of a person's orders hold the code. */
export function countDiscountUses(db: Reader, codeId: number, personId: number): number {
  return db.first(usesOfPerson({ codeId, personId }))?.count ?? 0
}

export function findDiscountUse(db: Reader, orderId: number): DiscountUseRow | undefined {
  return db.first(useOfOrder({ orderId }))
}

/** The order holds one use of the code from now on. Returns false, changing nothing, when none is left. */
export function takeDiscountUse(tx: Tx, use: { orderId: number; codeId: number; personId: number }): boolean {
  if (tx.run(count({ id: use.codeId })).changes === 0) return false
  tx.run(putUse(use))
  return true
}

/** Gives back the use that an order holds; does nothing when it holds none. */
export function returnDiscountUse(tx: Tx, orderId: number, now: number): void {
  const use = findDiscountUse(tx, orderId)
  if (use && tx.run(markReturned({ orderId, now })).changes === 1) tx.run(uncount({ id: use.code_id }))
}

/** How many codes that do not exist a person has tried, and since when. */
export function findDiscountGuesses(
  db: Reader,
  personId: number,
): { since: number; wrong: number } | undefined {
  return db.first(guessesOf({ personId }))
}

export function saveDiscountGuesses(tx: Tx, guesses: Parameters<typeof putGuesses>[0]): void {
  tx.run(putGuesses(guesses))
}
