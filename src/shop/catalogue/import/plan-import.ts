import type { CatalogueExcerpt } from '../../../db/catalogue-import.ts'
import { type Collected, collectProducts } from './collect-products.ts'
import { listDifferences } from './list-differences.ts'
import { indexExcerpt, type ProductPlan, planProduct } from './plan-product.ts'
import { type Refusal, readCsv } from './read-csv.ts'
import { settleSkus } from './settle-skus.ts'

/** A product file that could be read. */
export interface ProductFile extends Collected {
  rowCount: number
  hasStock: boolean
  unusedColumns: string[]
}

/** What an import will do, or has done. */
export interface ImportPlan {
  file: ProductFile
  added: ProductPlan[]
  changed: { plan: ProductPlan; differences: string[] }[]
  unchanged: ProductPlan[]
  refusals: Refusal[]
  notes: Refusal[]
  releasedSkuIds: number[]
}

/** Reads a product CSV's bytes. Throws a ShopError invalid with a sentence for the owner when it cannot be read. */
export function readProductFile(bytes: Uint8Array, currency: string): ProductFile {
  const table = readCsv(bytes)
  return {
    ...collectProducts(table, currency),
    rowCount: table.rows.length + table.refusals.length,
    hasStock: table.fields.has('quantity'),
    unusedColumns: table.unusedColumns,
  }
}

/** The handles and SKUs a file is about: what to look up in the shop before planning. */
export function namesIn(file: ProductFile): { handles: string[]; skus: string[] } {
  return {
    handles: file.products.map((product) => product.handle),
    skus: file.products.flatMap((product) => product.variants ?? []).flatMap(({ sku }) => sku ?? []),
  }
}

/** Compares a file with the shop, without changing anything. */
export function planImport(file: ProductFile, excerpt: CatalogueExcerpt, currency: string): ImportPlan {
  const refusals = [...file.refusals]
  const notes = [...file.notes]
  const index = indexExcerpt(excerpt)
  const drafts = file.products.map((imported) => {
    const { handle } = imported
    return planProduct(imported, index, {
      refuse: (row, reason) => void refusals.push({ row, handle, reason }),
      note: (row, reason) => void notes.push({ row, handle, reason }),
    })
  })
  const refused = new Set(refusals.map((refusal) => refusal.handle))
  const settled = settleSkus(
    drafts.filter((plan) => !refused.has(plan.imported.handle)),
    excerpt.skuOwners,
  )
  refusals.push(...settled.refusals)
  const taken = new Set(settled.plans.map((plan) => plan.imported.handle))
  return {
    file,
    ...sortPlans(settled.plans, currency),
    refusals: refusals.sort((a, b) => a.row - b.row),
    notes: notes.filter((note) => taken.has(note.handle)).sort((a, b) => a.row - b.row),
    releasedSkuIds: settled.releasedIds,
  }
}

function sortPlans(plans: ProductPlan[], currency: string) {
  const sorted: Pick<ImportPlan, 'added' | 'changed' | 'unchanged'> = {
    added: [],
    changed: [],
    unchanged: [],
  }
  for (const plan of plans) {
    if (!plan.before) {
      sorted.added.push(plan)
      continue
    }
    const differences = listDifferences(plan, plan.before, currency)
    if (differences.length > 0) sorted.changed.push({ plan, differences })
    else sorted.unchanged.push(plan)
  }
  return sorted
}
