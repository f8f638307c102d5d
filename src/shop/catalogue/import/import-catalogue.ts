import { readExcerpt } from '../../../db/catalogue-import.ts'
import type { Database, Reader } from '../../../db/database.ts'
import { addEvent } from '../../../db/events.ts'
import { applyPlan } from './apply-plan.ts'
import { type ImportPlan, namesIn, type ProductFile, planImport } from './plan-import.ts'

/** What importing the file would do to the shop as it is now. */
export function previewImport(db: Reader, file: ProductFile, currency: string): ImportPlan {
  return planImport(file, readExcerpt(db, namesIn(file)), currency)
}

/**
 * Imports the file in one transaction and returns what was done; on any error nothing is. The plan is made anew
 * inside it, from the stock and prices of that moment, since the shop may be selling meanwhile.
 */
export function importCatalogue(
  db: Database,
  file: ProductFile,
  { currency, now }: { currency: string; now: number },
): ImportPlan {
  return db.write((tx) => {
    const plan = previewImport(tx, file, currency)
    applyPlan(tx, plan, now)
    const [added, changed] = [plan.added.length, plan.changed.length]
    if (added + changed > 0) {
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
        data: JSON.stringify({ added, changed }),
        requestKey: null,
      })
    }
    return plan
  })
}
