import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../../src/db/database.ts'
import { migrate } from '../../src/db/migrate.ts'
import { sql } from '../../src/db/statement.ts'
import { remindNobody } from './remind-nobody.ts'

const GOODS = ['Mug', 'Tea', 'Soap']

/** Makes a shop's file with a few goods, which reminds nobody; returns how much there is of each variant. */
export function stockUp(folder: string, pieces = 10_000): Map<number, number> {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'shop.db')
  migrate(file)
  const db = openDatabase(file)
  const stock = new Map<number, number>()
  db.write((tx) => {
    remindNobody(tx)
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
