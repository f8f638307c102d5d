import type Sqlite from 'better-sqlite3'
import { recountShop } from '../../src/db/seed-check.ts'
import { all, look } from './check-file.ts'
import * as truth from './money-model.ts'
import type { MoneyWorld } from './money-world.ts'

/** A row of the ledger, as it stands in the file. */
export interface Entry {
  id: number
  kind: string
  provider: string
  reference: string
  order_id: number | null
  charge_id: number | null
  amount_minor: number
  currency: string
  order_minor: number
  state: string
  trouble: string | null
}

export function readLedger(file: string): Entry[] {
  const db = look(file)
  try {
    return all<Entry>(db, 'select * from ledger order by id')
  } finally {
    db.close()
  }
}

/** Everything in which the shop's file, the model and the providers' own books disagree, in words. */
export function findMoneyFaults(world: MoneyWorld): string[] {
  const db = look(world.file)
  try {
    const entries = all<Entry>(db, 'select * from ledger order by id')
    return [
      ...orderFaults(db, world.model),
      ...differences('ledger', truth.ledgerLines(world.model), linesOf(entries)),
      ...refundFaults(entries, world),
      ...stockFaults(db, world.model),
      ...codeFaults(db, world.model),
      ...untoldMatters(db, entries, world),
      ...recountShop(world.shop.db),
    ]
  } finally {
    db.close()
  }
}

/** What must hold besides once every provider's word has arrived: the shop knows of all money, and of no other. */
export function findUnbalanced({ file, bank, model }: MoneyWorld): string[] {
  const db = look(file)
  try {
    const named = "kind = 'charge' and reference not like 'by-hand:%'"
    const charges = all<Entry>(db, `select * from ledger where ${named}`)
    const byHand = new Set(model.refunds.filter((one) => one.byHand).map((one) => one.id))
    const refunds = all<Entry>(db, "select * from ledger where kind = 'refund' and state = 'done'")
    const held = [...bank.took.values()].map((coin) => `${truth.keyOf(coin)} ${coin.amount} ${coin.currency}`)
    const claimed = [...bank.gave].filter(([, given]) => given.claimed)
    return [
      ...differences('money at the providers', held.sort(), charges.map(coinLine).sort()),
      ...differences(
        'money given back',
        claimed.map(([id, { amount }]) => `refund ${id} ${amount}`).sort(),
        refunds
          .filter((row) => !byHand.has(row.id))
          .map((row) => `refund ${row.id} ${row.amount_minor}`)
          .sort(),
      ),
    ]
  } finally {
    db.close()
  }
}

const coinLine = (row: Entry) => `${truth.keyOf(row)} ${row.amount_minor} ${row.currency}`

function orderFaults(db: Sqlite.Database, model: truth.Model): string[] {
  const sql = `select id || ' ' || fulfilment || ' ' || payment || ' ' || charged_minor || ' ' || refunded_minor || ' '
    || waived_minor as line from orders`
  const orders = [...model.orders.values()]
  const known = orders.map((order) =>
    [
      order.id,
      order.fulfilment,
      truth.paymentOf(model, order),
      truth.chargedOf(model, order),
      truth.refundedOf(model, order),
      order.waived,
    ].join(' '),
  )
  const found = all<{ line: string }>(db, sql).map((row) => row.line)
  return [
    ...differences('orders', known.sort(), found.sort()),
    ...orders
      .filter((order) => truth.isWorkedOnForNothing(model, order))
      .map(({ id }) => `order ${id} is worked on without money or anybody's word`),
  ]
}

function linesOf(entries: Entry[]): string[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const lines = entries.map((row) => {
    const money = [row.order_id ?? '-', row.amount_minor, row.currency, row.order_minor, row.state]
    const charge = row.charge_id === null ? undefined : byId.get(row.charge_id)
    if (charge) return ['refund', row.provider, 'of', charge.reference, ...money, row.trouble ? '!' : '-']
    return ['charge', row.provider, row.reference, ...money, row.trouble ?? '-']
  })
  return lines.map((line) => line.join(' ')).sort()
}

/** No charge, and no provider, gives back more than it brought. */
function refundFaults(entries: Entry[], { bank }: MoneyWorld): string[] {
  const live = entries.filter(
    (row) => row.kind === 'refund' && row.state !== 'failed' && row.state !== 'void',
  )
  const inLedger = entries.filter((charge) => {
    const back = live.filter((row) => row.charge_id === charge.id)
    return back.reduce((sum, row) => sum + row.amount_minor, 0) > charge.amount_minor
  })
  const atBank = [...bank.took].filter(([key, coin]) => {
    const back = [...bank.gave.values()].filter((given) => given.charge === key)
    return back.reduce((sum, given) => sum + given.amount, 0) > coin.amount
  })
  return [
    ...inLedger.map((charge) => `more is given back of charge ${charge.id} than it brought`),
    ...atBank.map(([key]) => `the provider gave back more of ${key} than it took`),
  ]
}

function stockFaults(db: Sqlite.Database, model: truth.Model): string[] {
  type Row = { id: number; available: number; reserved: number }
  const found = all<Row>(db, 'select id, available, reserved from variants').map(
    (row) => `${row.id} ${row.available} ${row.reserved}`,
  )
  const known = [...model.stock.keys()].map(
    (id) => `${id} ${truth.availableOf(model, id)} ${truth.reservedOf(model, id)}`,
  )
  return differences('stock', known, found)
}

/** Orders that are placed hold their use of the discount code, and others have given it back. */
function codeFaults(db: Sqlite.Database, model: truth.Model): string[] {
  const held = all<{ id: number }>(db, 'select order_id as id from discount_uses where returned_at is null')
  const [code] = all<{ used: number }>(db, 'select used from discount_codes')
  const known = [...model.orders.values()].filter((order) => order.holdsCode)
  return [
    ...differences(
      'use of the code by',
      known.map(({ id }) => `${id}`),
      held.map(({ id }) => `${id}`),
    ),
    ...(code?.used === known.length ? [] : [`the code says ${code?.used} uses, orders hold ${known.length}`]),
  ]
}

/** Money that a person must decide about, of which no owner was told. */
function untoldMatters(db: Sqlite.Database, entries: Entry[], { model, owner }: MoneyWorld): string[] {
  const sql = `select json_extract(events.data, '$.entryId') as entry from events join notices on notices.event_id = events.id
    where events.type = 'money_matter' and notices.kind = 'staff_money_matter' and notices.recipient = ?`
  const told = new Set(all<{ entry: number }>(db, sql, `telegram:${owner.id}`).map((row) => row.entry))
  return entries
    .filter((row) => row.trouble !== null || (row.kind === 'charge' && model.matters.has(truth.keyOf(row))))
    .filter((row) => !told.has(row.id))
    .map((row) => `nobody was told of ${row.kind} ${row.id} (${row.trouble})`)
}

function differences(what: string, known: string[], found: string[]): string[] {
  const [wanted, there] = [new Set(known), new Set(found)]
  const twice = found.filter((line, i) => found.indexOf(line) !== i)
  return [
    ...known.filter((line) => !there.has(line)).map((line) => `${what}: missing ${line}`),
    ...found.filter((line) => !wanted.has(line)).map((line) => `${what}: unexpected ${line}`),
    ...(known.length === found.length ? [] : twice.map((line) => `${what}: twice ${line}`)),
  ]
}
