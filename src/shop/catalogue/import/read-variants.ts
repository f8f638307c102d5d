import { parseMoney } from '../../../lib/money.ts'
import { type Field, OPTIONS } from './columns.ts'
import { type ImportedVariant, LIMITS } from './imported-product.ts'
import type { CsvRow } from './read-csv.ts'
import { firstFilled, oneLine, type Reading, shorten } from './reading.ts'

/** One of the ways in which a product's variants differ. */
export interface Option {
  name: string
  valueField: Field
}

/** The product's options: none for Shopify's "Title: Default Title", the mark of an only variant. */
export function readOptions({ rows, refuse }: Reading): Option[] {
  const options: Option[] = []
  for (const [nameField, valueField] of OPTIONS) {
    const name = oneLine(firstFilled(rows, nameField)?.text ?? '')
    const valued = firstFilled(rows, valueField)
    if (!valued) continue
    if (name === '')
      refuse(valued.row, `has the value “${shorten(valued.text)}” for an option without a name`)
    if (name.length > LIMITS.option) {
      refuse(valued.row, `has an option name longer than ${LIMITS.option} characters`)
    }
    options.push({ name, valueField })
  }
  return isOnlyVariant(options, rows) ? [] : options
}

function isOnlyVariant(options: Option[], rows: CsvRow[]): boolean {
  const isDefault = rows.every(({ cells }) => !cells.option1Value || cells.option1Value === 'Default Title')
  return options.length === 1 && options[0]?.name.toLowerCase() === 'title' && isDefault
}

/** The product's variants, one for each row that is more than a picture. */
export function readVariants(reading: Reading, options: Option[]): ImportedVariant[] {
  const rows = reading.rows.filter((row, index) => index === 0 || hasVariantCells(row.cells))
  const variants = rows.map((row) => readVariant(reading, row, options))
  const extra = variants[LIMITS.variants]
  if (extra) reading.refuse(extra.row, `is one variant too many: a product can have ${LIMITS.variants}`)
  refuseTwins(reading, variants)
  return variants
}

function refuseTwins({ fields, refuse }: Reading, variants: ImportedVariant[]): void {
  const rowOf = new Map<string, number>()
  for (const { row, options, sku } of variants) {
    const key = fields.has('option1Value') ? JSON.stringify(options) : (sku ?? '')
    const earlier = rowOf.get(key)
    if (earlier === undefined) rowOf.set(key, row)
    else refuse(row, `is the same variant as row ${earlier}`)
  }
}

function hasVariantCells(cells: CsvRow['cells']): boolean {
  const fields: Field[] = ['option1Value', 'option2Value', 'option3Value', 'sku', 'price', 'quantity']
  return fields.some((field) => cells[field])
}

function readVariant(reading: Reading, { row, cells }: CsvRow, options: Option[]): ImportedVariant {
  return {
    row,
    options: options.map(({ name, valueField }) => readOption(reading, row, name, cells[valueField])),
    sku: readSku(reading, row, cells.sku),
    priceMinor: readPrice(reading, row, cells.price),
    available: readQuantity(reading, row, cells.quantity),
  }
}

function readOption({ refuse }: Reading, row: number, name: string, value = ''): string {
  const clean = oneLine(value)
  if (clean === '') refuse(row, `has no value for “${shorten(name)}”`)
  if (clean.length > LIMITS.option) {
    refuse(row, `has a value for “${shorten(name)}” longer than ${LIMITS.option} characters`)
  }
  return clean
}

function readSku({ refuse }: Reading, row: number, text = ''): string | undefined {
  // Spreadsheets that guard leading zeros write '0123, and Shopify exports it as it is.
  const sku = oneLine(text.replace(/^'/, ''))
  if (sku.length > LIMITS.sku) refuse(row, `has a SKU longer than ${LIMITS.sku} characters`)
  return sku === '' ? undefined : sku
}

function readPrice({ currency, refuse }: Reading, row: number, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  // "1,299" may mean a thousand or one point three: better asked than guessed.
  const isDoubtful = /,\d{3}/.test(text)
  const minor = isDoubtful ? undefined : parseMoney(text, currency)
  if (text === '') refuse(row, 'has no price')
  else if (minor === undefined || minor > LIMITS.priceMinor) {
    refuse(row, `has the price “${shorten(text)}”, which is not an amount in ${currency} like 12.50`)
  }
  return minor
}

function readQuantity(reading: Reading, row: number, text: string | undefined): number | undefined {
  const { refuse, note } = reading
  if (text === undefined) return undefined
  if (text === '') {
    note(row, 'says no stock: what the shop has stays, a new variant starts sold out')
    return undefined
  }
  const isWhole = /^\d{1,9}(\.0+)?$/.test(text)
  if (!isWhole || Number(text) > LIMITS.stock) {
    refuse(row, `has the stock “${shorten(text)}”: it must be a whole number from 0 to ${LIMITS.stock}`)
    return undefined
  }
  return Number(text)
}
