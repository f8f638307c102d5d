import type { Selectable } from 'kysely'
import type { Reader, Tx } from './database.ts'
import type { ProofState, Tables } from './schema.ts'
import { sql, statement } from './statement.ts'

export type PaymentProofRow = Selectable<Tables['payment_proofs']>

export interface NewProof {
  orderId: number
  file: string
  kind: 'photo' | 'pdf'
  uniqueId: string
  words: string | null
  now: number
}

const insert = statement<NewProof>()((p) =>
  sql.insertInto('payment_proofs').values({
    order_id: p.orderId,
    file: p.file,
    kind: p.kind,
    unique_id: p.uniqueId,
    words: p.words,
    sent_at: p.now,
  }),
)

const byId = statement<{ id: number }>()((p) =>
  sql.selectFrom('payment_proofs').selectAll().where('id', '=', p.id),
)

const ofOrder = statement<{ orderId: number }>()((p) =>
  sql.selectFrom('payment_proofs').selectAll().where('order_id', '=', p.orderId).orderBy('id'),
)

const waiting = statement<{ limit: number }>()((p) =>
  sql.selectFrom('payment_proofs').selectAll().where('state', '=', 'waiting').orderBy('id').limit(p.limit),
)

const sameBefore = statement<{ id: number; uniqueId: string }>()((p) =>
  sql
    .selectFrom('payment_proofs')
    .selectAll()
    .where('unique_id', '=', p.uniqueId)
    .where('id', '<', p.id)
    .orderBy('id', 'desc')
    .limit(1),
)

const decide = statement<{
  id: number
  state: ProofState
  chargeId: number | null
  reason: string | null
  decidedBy: number | null
  now: number
}>()((p) =>
  sql
    .updateTable('payment_proofs')
    .set({
      state: p.state,
      charge_id: p.chargeId,
      reason: p.reason,
      decided_by: p.decidedBy,
      decided_at: p.now,
    })
    .where('id', '=', p.id)
    .where('state', '=', 'waiting'),
)

export function addProof(tx: Tx, proof: NewProof): number {
  return tx.run(insert(proof)).id
}

export function findProof(db: Reader, id: number): PaymentProofRow | undefined {
  return db.first(byId({ id }))
}

/** The receipts a customer sent for an order, oldest first. */
export function listProofsOfOrder(db: Reader, orderId: number): PaymentProofRow[] {
  return db.all(ofOrder({ orderId }))
}

/** Receipts nobody has looked at, oldest first. */
export function listWaitingProofs(db: Reader, limit: number): PaymentProofRow[] {
  return db.all(waiting({ limit }))
}

/** The same receipt as it was sent the last time before this one, for whatever order. */
export function findSameProofBefore(db: Reader, proof: PaymentProofRow): PaymentProofRow | undefined {
  return db.first(sameBefore({ id: proof.id, uniqueId: proof.unique_id }))
}

/** Decides about a receipt that waits. Returns false when somebody was quicker. */
export function decideProof(tx: Tx, decided: Parameters<typeof decide>[0]): boolean {
  return tx.run(decide(decided)).changes === 1
}
