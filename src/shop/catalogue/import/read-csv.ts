import { CsvError, parse } from 'csv-parse/sync'
import { ShopError } from '../../../lib/shop-error.ts'
import { COLUMN_NAMES, type Field, fieldOf } from './columns.ts'
import { decodeCsv } from './decode-csv.ts'

/** One row of the file. `row` is its number in a spreadsheet, where the headings are row 1. */
export interface CsvRow {
  row: number
  cells: Partial<Record<Field, string>>
}

/** Something the import could not take, said so that the owner can find and mend it. */
export interface Refusal {
  row: number
  handle: string
  reason: string
}

export interface CsvTable {
  fields: ReadonlySet<Field>
  rows: CsvRow[]
  /** Rows with more or fewer cells than there are headings. */
  refusals: Refusal[]
  /** Headings LittleShop has no use for. */
  unusedColumns: string[]
}

const MAX_ROWS = 200_000
const MAX_ROW_CHARS = 2_000_000

/** Reads the bytes of a product CSV. Throws a ShopError invalid whose sentence says what is wrong with the file. */
export function readCsv(bytes: Uint8Array): CsvTable {
  const [headings, ...records] = parseRecords(decodeCsv(bytes))
  const columns = (headings ?? []).map(fieldOf)
  refuseWrongColumns(headings ?? [], columns)
  if (records.length > MAX_ROWS) throw unreadable(`It has more than ${MAX_ROWS} rows. Please split it.`)
  const table: CsvTable = {
    fields: new Set(columns.filter((field) => field !== undefined)),
    rows: [],
    refusals: [],
    unusedColumns: (headings ?? []).filter((heading, i) => !columns[i] && heading.trim()),
  }
  for (const [index, record] of records.entries()) addRow(table, columns, record, index + 2)
  if (table.rows.length + table.refusals.length === 0) {
    throw unreadable('It has headings, but no product under them.')
  }
  return table
}

function parseRecords(text: string): string[][] {
  const firstLine = text.slice(0, text.search(/[\r\n]|$/))
  try {
    return parse(text, {
      delimiter: likelyDelimiter(firstLine),
      relax_column_count: true,
      max_record_size: MAX_ROW_CHARS,
    })
  } catch (error) {
    if (error instanceof CsvError) throw unreadable(explain(error))
    throw error
  }
}

// Spreadsheets in half of Europe save "CSV" with semicolons, and some with tabs.
function likelyDelimiter(firstLine: string): string {
  const counts = [',', ';', '\t'].map((mark) => [mark, firstLine.split(mark).length] as const)
  return counts.reduce((best, next) => (next[1] > best[1] ? next : best))[0]
}

function explain(error: CsvError): string {
  const line = typeof error.lines === 'number' ? ` near line ${error.lines}` : ''
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return 'A quotation mark is opened and never closed.'
  if (error.code === 'CSV_MAX_RECORD_SIZE') return `A row${line} is far too long for a product.`
  return `There is a quotation mark in the wrong place${line}.`
}

function refuseWrongColumns(headings: string[], columns: (Field | undefined)[]): void {
  for (const field of ['handle', 'title'] as const) {
    if (columns.includes(field)) continue
    const names = [...new Set(COLUMN_NAMES[field])].map((name) => `“${name}”`).join(' or ')
    const found = headings.slice(0, 5).map((heading) => `“${heading.trim().slice(0, 30)}”`)
    throw unreadable(`It has no column ${names}. It begins with ${found.join(', ')}.`)
  }
  const twice = columns.find((field, i) => field && columns.indexOf(field) !== i)
  if (twice) throw unreadable(`It has the column “${COLUMN_NAMES[twice][0]}” twice.`)
}

function addRow(table: CsvTable, columns: (Field | undefined)[], record: string[], row: number): void {
  if (record.every((cell) => cell.trim() === '')) return
  const cells: CsvRow['cells'] = {}
  for (const [i, field] of columns.entries()) if (field) cells[field] = record[i]?.trim() ?? ''
  if (record.length === columns.length) table.rows.push({ row, cells })
  else {
    const reason = `has ${record.length} cells under ${columns.length} headings`
    table.refusals.push({ row, handle: handleOf(cells), reason })
  }
}

/** A row's handle the way it is stored. */
export function handleOf(cells: CsvRow['cells']): string {
  return (cells.handle ?? '').toLowerCase()
}

function unreadable(why: string): ShopError {
  return new ShopError('invalid', `This file cannot be read as a product export. ${why}`)
}
