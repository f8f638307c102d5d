import { findOrder } from '../../src/db/orders.ts'
import type { PaymentMethod } from '../../src/db/schema.ts'
import { sql } from '../../src/db/statement.ts'
import { readCheckout } from '../../src/shop/checkout/checkout.ts'
import { tryDiscountCode } from '../../src/shop/checkout/enter-code.ts'
import { expireOrders } from '../../src/shop/orders/expire-orders.ts'
import type { StepName } from '../../src/shop/orders/machine.ts'
import { placeOrder } from '../../src/shop/orders/place-order.ts'
import { takeStep } from '../../src/shop/orders/take-step.ts'
import { undoStep } from '../../src/shop/orders/undo-step.ts'
import { existing, givenCheckout } from '../given.ts'
import { anOrder, byHand, expecting, fitting, linesOf, versionOf } from './money-act.ts'
import { AT_THE_DESK } from './money-desk.ts'
import * as truth from './money-model.ts'
import { type Coin, keyOf, type Order } from './money-model.ts'
import { adopt, isUnpaid, listOrdersSeen, waitAgain } from './money-watch.ts'
import * as deeds from './money-world.ts'
import { type MoneyWorld, ONLINE_MS, TRANSFER_MS } from './money-world.ts'

const WAYS: readonly PaymentMethod[] = ['cash_on_delivery', 'bank_transfer', 'telegram', 'stars', 'btcpay']
const WAY: readonly StepName[] = ['accept', 'pack', 'dispatch', 'deliver']

/** A coin on what was asked for an order last; what it is worth follows from that. */
function coinFor(world: MoneyWorld, order: Order, share: number): Coin {
  const { shop, bank } = world
  const request = sql
    .selectFrom('payment_requests')
    .selectAll()
    .where('order_id', '=', order.id)
    .orderBy('id', 'desc')
  const asked = shop.db.first(request)
  const amount = Math.max(1, Math.round((asked?.amount_minor ?? order.total) * share))
  const worth = asked ? Math.floor((amount * asked.order_minor) / asked.amount_minor) : amount
  return {
    provider: asked?.provider ?? 'transfer',
    reference: `coin-${bank.took.size + 1}`,
    names: order.id,
    amount,
    currency: asked?.currency ?? 'EUR',
    worth,
  }
}

/** However the shop hears of it: once, twice, in a process that dies, or later. */
async function spread(world: MoneyWorld, coin: Coin): Promise<void> {
  const { random, moves } = world
  deeds.pay(world, coin)
  const way = random.pick(['once', 'once', 'twice', 'crash', 'later'])
  moves.push(`  ${keyOf(coin)}: ${coin.amount} ${coin.currency} for ${coin.names}, told ${way}`)
  if (way === 'crash') await deeds.tellAndDie(world, coin)
  else if (way !== 'later') deeds.tell(world, coin)
  if (way === 'twice') deeds.tell(world, coin)
}

async function take(world: MoneyWorld, share: number): Promise<void> {
  const order = anOrder(world)
  if (!payInvoice(world, order, share)) await spread(world, coinFor(world, order, share))
}

/** Pays at the provider's page, where there is one; whatever the shop thinks of the order by now. */
function payInvoice({ bank, random, moves }: MoneyWorld, order: Order, share: number): boolean {
  const invoices = [...bank.invoices].filter(([, one]) => one.order === order.id)
  const [name, invoice] = random.chance(0.8) ? (invoices.at(-1) ?? []) : []
  if (!invoice) return false
  const amount = Math.max(1, Math.round(invoice.amount * share))
  invoice.paid += amount
  moves.push(`  ${amount} on ${name} for ${order.id}`)
  return true
}

/** Everything that people, providers and fate do. */
export const MOVES: Record<string, (world: MoneyWorld) => unknown> = {
  place(world) {
    const { shop, random, model, customers, moves } = world
    const [variant, quantity] = [random.pick([...model.stock.keys()]), random.between(1, 3)]
    const payment = random.pick(WAYS)
    const wish = {
      person: random.pick(customers),
      variantId: variant,
      quantity,
      payment,
      delivery: random.pick([1, 2]),
    }
    const may = truth.availableOf(model, variant) >= quantity
    expecting(world, 'an order', may, () => {
      const command = givenCheckout(shop, wish)
      const holdsCode = random.chance(0.3) && takesCode(world, command)
      const row = shop.write((work) => placeOrder(work, command))
      moves.push(`  order ${row.id}: ${row.total_minor} by ${payment}`)
      const window = payment === 'bank_transfer' ? TRANSFER_MS : ONLINE_MS
      const onDelivery = payment === 'cash_on_delivery'
      model.orders.set(row.id, {
        id: row.id,
        total: row.total_minor,
        onDelivery,
        transfer: payment === 'bank_transfer',
        endsAt: onDelivery ? undefined : shop.clock.now() + window,
        fulfilment: 'placed',
        lack: 'pending',
        waived: 0,
        wasPaid: false,
        word: false,
        holdsCode,
        usedCode: holdsCode,
        variant,
        quantity,
        restocked: 0,
        lost: 0,
      })
    })
  },
  pay: (world) => take(world, 1),
  async payTwice(world) {
    const order = anOrder(world)
    for (let i = 0; i < 2; i++) await spread(world, coinFor(world, order, 1))
  },
  payPart: (world) => take(world, world.random.pick([0.2, 0.5])),
  payTooMuch: (world) => take(world, 1.3),
  payWrong(world) {
    const coin = coinFor(world, anOrder(world), 1)
    return spread(world, { ...coin, provider: 'telegram', currency: 'USD', worth: 0 })
  },
  payNobody(world) {
    const coin = coinFor(world, anOrder(world), 1)
    return spread(world, { ...coin, names: world.random.pick([null, 987_654]) })
  },
  tellAgain(world) {
    const coins = [...world.bank.took.values()]
    if (coins.length > 0) deeds.tell(world, world.random.pick(coins))
  },
  poll(world) {
    for (const key of world.untold) deeds.tell(world, existing(world.bank.took.get(key)))
  },
  step(world) {
    const { shop, random, model, owner, packer, moves, undoable } = world
    const isOpen = (one: Order) => WAY.some((step) => truth.mayStep(model, one, step))
    const tempting = [...model.orders.values()].filter((one) => truth.temptingStep(model, one))
    const tempts = tempting.length > 0 && random.chance(0.3)
    const among = tempts ? tempting : [...model.orders.values()].slice(-12)
    const order = existing(fitting(world, among, isOpen))
    const next = truth.temptingStep(model, order) ?? WAY.find((step) => truth.mayStep(model, order, step))
    const name = next && random.chance(0.75) ? next : random.pick([...WAY, 'cancel', 'mark_paid'] as const)
    const actor = random.chance(0.85) ? owner : packer
    const stale = random.chance(0.05)
    const version = versionOf(world, order) - (stale ? 1 : 0)
    const ending = name === 'cancel' ? endingOf(world, order) : {}
    moves.push(`  ${name} of ${order.id} by ${actor.role} ${JSON.stringify(ending)}${stale ? ', stale' : ''}`)
    const isSaid = name !== 'cancel' || ending.money !== undefined || truth.refundableOf(model, order) === 0
    const legal = truth.mayStep(model, order, name) && isSaid
    const may = stale || !legal ? false : actor === owner ? true : undefined
    const owed = truth.owedOf(model, order)
    const before = { ...order }
    const refunds = model.refunds.length
    const command = { orderId: order.id, step: name, version, actor, noTracking: true, ...ending }
    if (!expecting(world, `${name} of ${order.id}`, may, () => shop.write((work) => takeStep(work, command))))
      return
    if (name === 'mark_paid' && order.fulfilment === 'cancelled') return void byHand(world, order, owed)
    const charge = afterStep(world, order, name, owed)
    if (ending.notRestocked) order.lost += ending.notRestocked[0]?.quantity ?? 0
    adopt(world)
    const begun = model.refunds.slice(refunds)
    undoable.set(order.id, () => {
      Object.assign(order, before)
      if (charge) charge.state = 'void'
      for (const refund of begun) refund.state = 'void'
      if (name !== 'cancel' && name !== 'mark_paid') return
      truth.applyAgain(model, order)
      if (isUnpaid(world, order)) waitAgain(world, order)
    })
  },
  cancelByCustomer(world) {
    const { shop, moves, undoable } = world
    const order = anOrder(world)
    const row = existing(findOrder(shop.db, order.id))
    const actor = { kind: 'customer', id: row.person_id, name: 'Ana', source: 'chat' } as const
    moves.push(`  ${order.id}`)
    const may = order.fulfilment === 'placed' || order.fulfilment === 'accepted'
    const command = { orderId: order.id, step: 'cancel' as const, version: row.version, actor }
    if (!expecting(world, 'a cancel', may, () => shop.write((work) => takeStep(work, command)))) return
    Object.assign(order, { fulfilment: 'cancelled', holdsCode: false })
    undoable.delete(order.id)
  },
  undo(world) {
    const { shop, random, owner, moves, undoable } = world
    const recent = [...undoable.keys()].slice(-4)
    const id = recent.length > 0 && random.chance(0.9) ? random.pick(recent) : anOrder(world).id
    const order = existing(world.model.orders.get(id))
    moves.push(`  ${id}`)
    const may = undoable.has(id) ? undefined : false
    const command = { orderId: id, version: versionOf(world, order), actor: owner }
    if (!expecting(world, `undo of ${id}`, may, () => shop.write((work) => undoStep(work, command)))) return
    undoable.get(id)?.()
    undoable.delete(id)
  },
  expire(world) {
    const { shop, random, model, moves, undoable } = world
    if (random.chance(0.4)) shop.clock.advance(random.pick([0.5, 1.1, 49]) * 3_600_000)
    const seen = listOrdersSeen(world)
    expireOrders(shop)
    for (const order of model.orders.values()) {
      if (seen.includes(order.id) || !truth.isOverdue(model, order, shop.clock.now())) continue
      moves.push(`  ${order.id} has expired`)
      Object.assign(order, { fulfilment: 'cancelled', lack: 'expired', holdsCode: false })
      undoable.delete(order.id)
    }
  },
  wait: ({ shop, random }) => shop.clock.advance(random.pick([10, 1_000, 6_000])),
  crash: (world) => deeds.crash(world),
  ...AT_THE_DESK,
}

/** Whether the checkout takes the discount code, as it must while there are uses left. */
function takesCode(world: MoneyWorld, command: { personId: number; totalMinor: number }): boolean {
  const { shop, model, faults } = world
  const { personId } = command
  const refusal = shop.write((work) => tryDiscountCode(work, personId, 'ten'))
  const may = truth.usesLeft(model) > 0
  if (may === (refusal !== undefined))
    faults.push(`the code with ${truth.usesLeft(model)} uses left: ${refusal}`)
  command.totalMinor = existing(shop.write((work) => readCheckout(work, personId))).totalMinor
  return refusal === undefined
}

/** What is said with a cancel: what becomes of the money, and of a piece that cannot be sold again. */
function endingOf(world: MoneyWorld, order: Order) {
  const { random } = world
  const money = random.pick(['refund', 'keep', 'later', undefined] as const)
  const [line] = linesOf(world, order)
  const broken = line && random.chance(0.2) ? { notRestocked: [{ lineItemId: line.id, quantity: 1 }] } : {}
  return { ...(money && { money }), ...broken } as {
    money?: 'refund' | 'keep' | 'later'
    notRestocked?: { lineItemId: number; quantity: number }[]
  }
}

/** What a step that was taken changed; marked as paid, the order has a charge that was entered by hand. */
function afterStep(world: MoneyWorld, order: Order, name: StepName, owed: number): truth.Charge | undefined {
  const to = {
    accept: 'accepted',
    pack: 'packing',
    dispatch: 'dispatched',
    deliver: 'delivered',
    cancel: 'cancelled',
  }
  if (name !== 'mark_paid') {
    order.fulfilment = to[name as keyof typeof to] as Order['fulfilment']
    if (name === 'cancel') order.holdsCode = false
    return undefined
  }
  return byHand(world, order, owed)
}

/** Does one thing; a refusal is an answer, and a process that is gone is started again. */
export async function move(world: MoneyWorld, name: string): Promise<void> {
  world.moves.push(name)
  await MOVES[name]?.(world)
  truth.rememberPaid(world.model)
  world.done.add(name)
}
