import type { Field } from './columns.ts'
import { type ImportedProduct, LIMITS } from './imported-product.ts'
import { type CsvRow, type CsvTable, handleOf, type Refusal } from './read-csv.ts'
import {
  readCategory,
  readDescription,
  readDigital,
  readImageUrls,
  readStatus,
  readTitle,
} from './read-product-cells.ts'
import { readOptions, readVariants } from './read-variants.ts'
import { type Reading, shorten } from './reading.ts'

export interface Collected {
  products: ImportedProduct[]
  refusals: Refusal[]
  /** What was taken, but not quite as the file says. */
  notes: Refusal[]
}

const VARIANT_FIELDS: Field[] = ['option1Value', 'sku', 'price', 'quantity']
const HANDLE = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]*$/u

/**
 * Puts the rows of each product together and reads their cells. A product is taken whole or not at all: one row
 * that cannot be read keeps it out, since half a product in the window is worse than yesterday's.
 */
export function collectProducts(table: CsvTable, currency: string): Collected {
  const refusals = [...table.refusals]
  const notes: Refusal[] = []
  const products: ImportedProduct[] = []
  for (const [handle, rows] of groupByHandle(table.rows)) {
    const reading: Reading = {
      rows,
      fields: table.fields,
      currency,
      refuse: (row, reason) => void refusals.push({ row, handle, reason }),
      note: (row, reason) => void notes.push({ row, handle, reason }),
    }
    const product = readProduct(handle, reading)
    if (product) products.push(product)
  }
  refuseSharedSkus(products, refusals)
  const refused = new Set(refusals.map((refusal) => refusal.handle))
  return {
    products: products.filter((product) => !refused.has(product.handle)),
    refusals: refusals.sort((a, b) => a.row - b.row),
    notes: notes.filter((note) => !refused.has(note.handle)),
  }
}

function groupByHandle(rows: CsvRow[]): Map<string, CsvRow[]> {
  const groups = new Map<string, CsvRow[]>()
  for (const row of rows) {
    const group = groups.get(handleOf(row.cells))
    if (group) group.push(row)
    else groups.set(handleOf(row.cells), [row])
  }
  return groups
}

function readProduct(handle: string, reading: Reading): ImportedProduct | undefined {
  const { rows, fields, refuse } = reading
  const first = rows[0]
  if (!first) return undefined
  if (handle === '') {
    for (const { row } of rows) refuse(row, 'has no handle, so it belongs to no product')
    return undefined
  }
  if (handle.length > LIMITS.handle || !HANDLE.test(handle)) {
    refuse(first.row, `“${shorten(handle)}” is not a handle: letters, digits and dashes only`)
  }
  const options = readOptions(reading)
  return {
    handle,
    row: first.row,
    title: readTitle(reading),
    description: readDescription(reading),
    category: readCategory(reading),
    status: readStatus(reading),
    digital: readDigital(reading),
    optionNames: fields.has('option1Value') ? options.map(({ name }) => name) : undefined,
    variants: VARIANT_FIELDS.some((field) => fields.has(field)) ? readVariants(reading, options) : undefined,
    imageUrls: readImageUrls(reading),
  }
}

function refuseSharedSkus(products: ImportedProduct[], refusals: Refusal[]): void {
  const rowOf = new Map<string, number>()
  for (const { handle, variants } of products) {
    for (const { sku, row } of variants ?? []) {
      if (sku === undefined) continue
      const earlier = rowOf.get(sku)
      if (earlier === undefined) rowOf.set(sku, row)
      else refusals.push({ row, handle, reason: `has the SKU “${sku}”, which row ${earlier} has already` })
    }
  }
}
