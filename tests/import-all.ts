import { importCatalogue } from '../src/shop/catalogue/import/import-catalogue.ts'
import type { ImportPlan } from '../src/shop/catalogue/import/plan-import.ts'

/** An import that nobody interrupts. */
export function importAll(...args: Parameters<typeof importCatalogue>): ImportPlan {
  const pieces = importCatalogue(...args)
  for (let piece = pieces.next(); ; piece = pieces.next()) if (piece.done) return piece.value
}
