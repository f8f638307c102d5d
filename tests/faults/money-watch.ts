import { all, look } from './check-file.ts'
import { type Entry, readLedger } from './money-check.ts'
import {
  type Charge,
  chargesOf,
  keyOf,
  leftOf,
  type Order,
  paymentOf,
  type Refund,
  store,
  surplusOf,
} from './money-model.ts'
import { type MoneyWorld, ONLINE_MS, TRANSFER_MS } from './money-world.ts'

const DAY_MS = 24 * 3_600_000

/** Takes note of what the shop has written on its own account, and finds fault where it must not be. */
export function adopt(world: MoneyWorld): void {
  followRequests(world)
  const entries = readLedger(world.file)
  for (const row of entries) if (row.kind === 'charge') adoptCharge(world, row)
  for (const row of entries) if (row.kind === 'refund') adoptRefund(world, row, entries)
}

/** What came on an invoice since the shop looked last is one charge. */
function adoptCharge({ model, bank }: MoneyWorld, row: Entry): void {
  const [name = '', upTo] = row.reference.split(':')
  const invoice = bank.invoices.get(name)
  if (!invoice || row.provider !== 'btcpay' || model.charges.has(keyOf(row))) return
  const amount = invoice.paid - invoice.told
  const isNext = upTo === undefined ? invoice.told === 0 : Number(upTo) === invoice.paid
  if (!isNext || row.amount_minor !== amount) return
  invoice.told = invoice.paid
  const { provider, reference } = row
  const coin = { provider, reference, names: invoice.order, amount, currency: 'EUR', worth: amount }
  bank.took.set(keyOf(coin), coin)
  store(model, coin)
}

/** A refund is of a charge of its order, of what is left of it, and by those who can give it back. */
function adoptRefund(world: MoneyWorld, row: Entry, entries: Entry[]): void {
  const { model, faults } = world
  const known = model.refunds.find((refund) => refund.id === row.id)
  if (known) {
    follow(world, known, row)
    return
  }
  const of = entries.find((entry) => entry.id === row.charge_id)
  const charge = of && model.charges.get(keyOf(of))
  if (!charge) return
  const { amount, worth } = leftOf(model, charge)
  const isWhole = row.amount_minor === amount && row.order_minor === worth
  const fits = row.amount_minor <= amount && row.order_minor <= worth && row.order_id === charge.order
  const isPossible = charge.provider !== 'stars' || isWhole
  const begins = charge.provider === 'stars' || charge.provider === 'btcpay' ? 'wanted' : 'by_hand'
  const named = `refund ${row.id} of ${keyOf(charge)}`
  if (!fits || !isPossible) faults.push(`${named}: ${row.amount_minor} of ${amount} that are left`)
  const refund: Refund = {
    id: row.id,
    charge,
    order: charge.order,
    amount: row.amount_minor,
    worth: row.order_minor,
    state: begins,
    byHand: false,
  }
  model.refunds.push(refund)
  if (row.state !== begins) follow(world, refund, row)
}

/** What a provider's word can make of a refund; the rest is done by people, and known. */
const BY_ITSELF: Partial<Record<Refund['state'], readonly string[]>> = {
  wanted: ['offered', 'done', 'failed'],
  offered: ['done'],
}

function follow({ model, bank, faults }: MoneyWorld, refund: Refund, row: Entry): void {
  if (refund.state === row.state || !BY_ITSELF[refund.state]?.includes(row.state)) return
  const given = bank.gave.get(refund.id)
  const isTrue = { offered: given !== undefined, done: given?.claimed === true, failed: given === undefined }
  if (!isTrue[row.state as keyof typeof isTrue])
    faults.push(`refund ${refund.id} is ${row.state}, the provider ${given ? 'gave it' : 'gave nothing'}`)
  refund.state = row.state as Refund['state']
  if (refund.state === 'done') returnCharge(model, refund.charge)
}

/** Money that never counted and went back whole is returned. */
export function returnCharge(model: MoneyWorld['model'], charge: Charge): void {
  const back = model.refunds.filter((one) => one.charge === charge && one.state === 'done')
  const all = back.reduce((sum, one) => sum + one.amount, 0)
  if (charge.state === 'open' && all === charge.amount)
    Object.assign(charge, { state: 'returned', trouble: null })
  dropSurplus(model, charge.order)
}

/** A surplus that is there no more is no matter any more. */
export function dropSurplus(model: MoneyWorld['model'], orderId: number | null): void {
  const order = orderId === null ? undefined : model.orders.get(orderId)
  if (!order || surplusOf(model, order) > 0) return
  for (const one of chargesOf(model, order.id)) {
    if (one.trouble === 'too_much') one.trouble = null
  }
}

/** Money that is on its way is waited for, and what failed can be tried again: the order has time once more. */
function followRequests(world: MoneyWorld): void {
  const db = look(world.file)
  type Row = { id: number; order_id: number; state: string }
  const rows = all<Row>(db, 'select id, order_id, state from payment_requests order by id')
  db.close()
  for (const { id, order_id: orderId, state } of rows) {
    const order = world.model.orders.get(orderId)
    const before = world.asked.get(id)
    const isNew = before !== state
    world.asked.set(id, state)
    if (!order || !isNew || !isUnpaid(world, order)) continue
    if (state === 'seen') waitAgain(world, order, DAY_MS)
    // What nobody waited for any more takes nothing from its order.
    if (state !== 'failed' || before === 'over') continue
    order.lack = 'failed'
    waitAgain(world, order)
  }
}

/** Those whose money is on its way at this moment, however long that takes: a person looks at them. */
export function listOrdersSeen({ file }: MoneyWorld): number[] {
  const db = look(file)
  const rows = all<{ id: number }>(db, "select order_id as id from payment_requests where state = 'seen'")
  db.close()
  return rows.map(({ id }) => id)
}

export function isUnpaid({ model }: MoneyWorld, order: Order): boolean {
  return order.fulfilment === 'placed' && ['pending', 'failed', 'expired'].includes(paymentOf(model, order))
}

/** The order has its usual time to be paid once more. */
export function waitAgain(
  { shop }: MoneyWorld,
  order: Order,
  ms = order.transfer ? TRANSFER_MS : ONLINE_MS,
): void {
  if (order.endsAt !== undefined) order.endsAt = Math.max(order.endsAt, shop.clock.now() + ms)
}
