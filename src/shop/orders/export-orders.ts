import { stringify } from 'csv-stringify/sync'
import type { Reader } from '../../db/database.ts'
import {
  type ExportedItem,
  type ExportedOrder,
  type ExportSpan,
  listItemsOfOrders,
  listPlaced,
} from '../../db/order-export.ts'
import { toDecimal } from '../../lib/money.ts'

const PAGE = 500
/** Spreadsheets take a file without it for one in the letters of the nineties. */
const UTF8_MARK = '\ufeff'

export interface ExportWish extends ExportSpan {
  /** A line for each order, or for each thing that was ordered. */
  lines: 'orders' | 'items'
  timezone: string
}

/** A row and what its columns are made with: its order, an amount as a decimal, and when it was placed. */
interface Row {
  order: ExportedOrder
  item: ExportedItem | undefined
  money(minor: number): string
  placed: string
}

type Columns = Record<string, (row: Row) => string | number>

const ORDER_COLUMNS: Columns = {
  order: ({ order }) => order.id,
  placed: ({ placed }) => placed,
  customer: ({ order }) => order.customer_name,
  pieces: ({ order }) => order.item_count,
  currency: ({ order }) => order.currency,
  items: ({ order, money }) => money(order.items_minor),
  discount: ({ order, money }) => money(order.discount_minor),
  'discount code': ({ order }) => order.discount_code ?? '',
  delivery: ({ order, money }) => money(order.delivery_minor),
  'tax on top': ({ order, money }) => money(order.tax_added_minor),
  total: ({ order, money }) => money(order.total_minor),
  'tax in total': ({ order, money }) => money(order.tax_minor),
  net: ({ order, money }) => money(order.total_minor - order.tax_minor),
  paid: ({ order, money }) => money(order.charged_minor),
  refunded: ({ order, money }) => money(order.refunded_minor),
  waived: ({ order, money }) => money(order.waived_minor),
  'paid by': ({ order }) => inWords(order.payment_method),
  payment: ({ order }) => inWords(order.payment),
  'delivered by': ({ order }) => order.delivery_method,
  state: ({ order }) => inWords(order.fulfilment),
}

const ITEM_COLUMNS: Columns = {
  order: ({ order }) => order.id,
  placed: ({ placed }) => placed,
  sku: ({ item }) => item?.sku ?? '',
  product: ({ item }) => item?.title ?? '',
  variant: ({ item }) => item?.variant_title ?? '',
  pieces: ({ item }) => item?.quantity ?? 0,
  currency: ({ order }) => order.currency,
  'unit price': ({ item, money }) => money(item?.unit_price_minor ?? 0),
  total: ({ item, money }) => money(item?.total_minor ?? 0),
  discount: ({ item, money }) => money(item?.discount_minor ?? 0),
  restocked: ({ item }) => item?.restocked ?? 0,
  state: ({ order }) => inWords(order.fulfilment),
}

/** Orders as a CSV file for spreadsheets and accountants, in pieces of text. Amounts are decimals in the order's currency. */
export function* exportOrders(
  db: Reader,
  { lines, timezone, ...span }: ExportWish,
): Generator<string, void, void> {
  const columns = lines === 'orders' ? ORDER_COLUMNS : ITEM_COLUMNS
  const timeOf = clockOf(timezone)
  yield UTF8_MARK + csvOf([Object.keys(columns)])
  for (const orders of pagesOf(db, span)) {
    const rows = orders.map((order) => ({ order, item: undefined, ...writingOf(order, timeOf) }))
    const wanted = lines === 'orders' ? rows : rowsOfItems(db, rows)
    yield csvOf(wanted.map((row) => Object.values(columns).map((cell) => cell(row))))
  }
}

function* pagesOf(db: Reader, { from, to }: ExportSpan): Generator<ExportedOrder[], void, void> {
  let position = { from, after: -1 }
  for (;;) {
    const orders = listPlaced(db, { ...position, to, limit: PAGE })
    const last = orders.at(-1)
    if (!last) return
    yield orders
    position = { from: last.placed_at, after: last.id }
  }
}

function writingOf(order: ExportedOrder, timeOf: (at: number) => string) {
  return { money: (minor: number) => toDecimal(minor, order.currency), placed: timeOf(order.placed_at) }
}

function rowsOfItems(db: Reader, rows: Row[]): Row[] {
  const items = listItemsOfOrders(
    db,
    rows.map(({ order }) => order.id),
  )
  const ofOrder = Map.groupBy(items, (item) => item.order_id)
  return rows.flatMap((row) => (ofOrder.get(row.order.id) ?? []).map((item) => ({ ...row, item })))
}

/** What a customer writes must stay text: a cell that begins like a formula would be run by whoever opens the file. */
function csvOf(cells: (string | number)[][]): string {
  return stringify(cells, { escape_formulas: true, record_delimiter: 'windows' })
}

/** Moments as spreadsheets read them: "2026-11-22 14:03", on the clocks of this time zone. */
function clockOf(timezone: string): (at: number) => string {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: timezone,
  })
  return (at) => clock.format(at)
}

function inWords(name: string): string {
  return name.replaceAll('_', ' ')
}
