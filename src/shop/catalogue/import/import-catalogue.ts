import { readExcerpt } from '../../../db/catalogue-import.ts'
import type { Database, Reader, Tx } from '../../../db/database.ts'
import { addEvent } from '../../../db/events.ts'
import { writesOf } from './apply-plan.ts'
import { type ImportPlan, namesIn, type ProductFile, planImport } from './plan-import.ts'

/** What importing the file would do to the shop as it is now. */
export function previewImport(db: Reader, file: ProductFile, currency: string): ImportPlan {
  return planImport(file, readExcerpt(db, namesIn(file)), currency)
}

/**
 * Imports the file in short transactions and yields between them, so that a running shop has its turn; returns what was done.
 * The plan does not depend on what the shop sells meanwhile. What was cut short is completed by importing again.
 */
export function* importCatalogue(
  db: Database,
  file: ProductFile,
  { currency, now }: { currency: string; now: number },
): Generator<void, ImportPlan, void> {
  const plan = previewImport(db, file, currency)
  const writes = writesOf(plan, now)
  for (const write of writes) {
    db.write(write)
    yield
  }
  if (writes.length > 0) db.write((tx) => recordImport(tx, plan, now))
  return plan
}

function recordImport(tx: Tx, { added, changed }: ImportPlan, now: number): void {
  addEvent(tx, {
    orderId: null,
    type: 'catalogue_imported',
    at: now,
    actorKind: 'system',
    actorId: null,
    actorName: 'LittleShop',
    source: 'job',
    fromFulfilment: null,
    fromPayment: null,
    data: JSON.stringify({ added: added.length, changed: changed.length }),
    requestKey: null,
  })
}
