import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { saveSetting } from '../../src/db/settings.ts'
import { sql } from '../../src/db/statement.ts'
import { ESCALATION_SETTING, type EscalationSteps } from '../../src/shop/escalation/escalation-steps.ts'

const GOODS = ['Mug', 'Tea', 'Soap']
const DAY = 24 * 60
/** So late that how long orders wait on a busy machine does not decide whether there are any. */
const REMINDERS: EscalationSteps = { steps: [{ minutes: DAY, reach: 'told' }], everyMinutes: DAY }

/** Makes a shop's file with a few goods, which reminds nobody; returns how much there is of each variant. */
export function stockUp(folder: string, pieces = 10_000): Map<number, number> {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'shop.db')
  migrate(file)
  const db = openDatabase(file)
  const stock = new Map<number, number>()
  db.write((tx) => {
    saveSetting(tx, ESCALATION_SETTING, JSON.stringify(REMINDERS))
    for (const title of GOODS) {
      const product = { handle: title, title, category_id: null, created_at: 0, updated_at: 0 }
      const { id } = tx.run(sql.insertInto('products').values(product))
      const variant = { product_id: id, sku: null, price_minor: 1250, available: pieces }
      stock.set(tx.run(sql.insertInto('variants').values(variant)).id, pieces)
    }
  })
  db.close()
  return stock
}
