import type { Field } from './columns.ts'
import type { CsvRow } from './read-csv.ts'

/** Says something about a row to the owner. */
export type Complain = (row: number, reason: string) => void

/** One product's rows, and where its readers report what they could not take (refuse) or took differently (note). */
export interface Reading {
  rows: CsvRow[]
  fields: ReadonlySet<Field>
  currency: string
  refuse: Complain
  note: Complain
}

const INVISIBLE = /[^\P{C}\u200d]|\s+/gu

/** A cell's text on one line, without control characters. */
export function oneLine(text: string): string {
  return text.replace(INVISIBLE, ' ').replace(/ +/g, ' ').trim()
}

/** A cell's text short enough to be quoted in a message. */
export function shorten(text: string): string {
  const flat = oneLine(text)
  return flat.length <= 40 ? flat : `${flat.slice(0, 39)}…`.toWellFormed()
}

/** What a product's rows say in a column that only its first row needs to fill. */
export function firstFilled(rows: CsvRow[], field: Field): { row: number; text: string } | undefined {
  for (const { row, cells } of rows) {
    const text = cells[field]
    if (text) return { row, text }
  }
  return undefined
}
