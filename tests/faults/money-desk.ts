import { listDueRequests, type PaymentRequestRow } from '../../src/db/payment-requests.ts'
import { callOffRefund } from '../../src/shop/payments/call-off-refund.ts'
import { confirmRefund } from '../../src/shop/payments/confirm-refund.ts'
import { lookAtRequest } from '../../src/shop/payments/look-at-requests.ts'
import { makeRequest } from '../../src/shop/payments/make-requests.ts'
import { moveDueRefunds } from '../../src/shop/payments/move-refunds.ts'
import { recordPayment } from '../../src/shop/payments/record-payment.ts'
import { refundOrder } from '../../src/shop/payments/refund-order.ts'
import { refundByHand, retryRefund } from '../../src/shop/payments/retry-refund.ts'
import { settleMatter } from '../../src/shop/payments/settle-matter.ts'
import { settleOrderMoney } from '../../src/shop/payments/settle-order-money.ts'
import { voidPayment } from '../../src/shop/payments/void-payment.ts'
import { waiveRest } from '../../src/shop/payments/waive-rest.ts'
import type { Work } from '../../src/shop/work.ts'
import { existing } from '../given.ts'
import { suiteLog } from '../suite-log.ts'
import { anOrder, byHand, expecting, fitting, linesOf, versionOf } from './money-act.ts'
import { readLedger } from './money-check.ts'
import * as truth from './money-model.ts'
import { keyOf, type Order, type Refund } from './money-model.ts'
import { adopt, dropSurplus, isUnpaid, returnCharge, waitAgain } from './money-watch.ts'
import { applyStored, dying, judge, type MoneyWorld } from './money-world.ts'

const HOUR_MS = 3_600_000
const log = suiteLog()

/** What people of the shop decide about money, and what the shop does with providers by itself. */
export const AT_THE_DESK: Record<string, (world: MoneyWorld) => unknown> = {
  record(world) {
    const { random, owner, model } = world
    const order = anOrder(world)
    const amountMinor = random.pick([1, Math.ceil(order.total / 2), Math.max(1, truth.owedOf(model, order))])
    const command = { orderId: order.id, version: versionOf(world, order), amountMinor, actor: owner }
    world.moves.push(`  ${amountMinor} for ${order.id}`)
    const provider = order.onDelivery ? 'cash' : 'transfer'
    const isEntered = truth
      .chargesOf(model, order.id)
      .some(
        (one) =>
          one.provider === provider &&
          one.state === 'open' &&
          one.trouble !== null &&
          one.amount === amountMinor,
      )
    if (command_(world, 'a payment by hand', !isEntered, (work) => recordPayment(work, command)))
      byHand(world, order, amountMinor)
  },
  void(world) {
    const { model, owner, undoable } = world
    const isByHand = (one: truth.Charge) => one.provider === 'transfer' || one.provider === 'cash'
    const charge = fitting(world, [...model.charges.values()], isByHand)
    if (!charge) return
    const isMine = isByHand(charge)
    const isThere = charge.state === 'applied' || charge.state === 'open'
    const wasVoid = charge.state === 'void'
    const may = wasVoid || (isMine && isThere && truth.liveRefunds(model, charge).length === 0)
    const command = { entryId: idOf(world, keyOf(charge)), reason: 'A mistake', actor: owner }
    world.moves.push(`  ${keyOf(charge)}`)
    if (!command_(world, `void of ${keyOf(charge)}`, may, (work) => voidPayment(work, command)) || wasVoid)
      return
    const order = model.orders.get(charge.order ?? 0)
    const counted = charge.state === 'applied'
    const wasUnpaid = order && isUnpaid(world, order)
    Object.assign(charge, { state: 'void', trouble: null })
    if (!order || !counted) return
    dropSurplus(model, order.id)
    undoable.delete(order.id)
    order.word = true
    if (!wasUnpaid && isUnpaid(world, order)) waitAgain(world, order)
  },
  refund(world) {
    const { model, random, owner } = world
    const hasMoney = (one: Order) => truth.refundableOf(model, one) > 0
    const order = existing(fitting(world, [...model.orders.values()], hasMoney))
    const most = truth.refundableOf(model, order)
    const amountMinor = random.pick([most, most, Math.ceil(most / 3), most + 1, 1])
    const [line] = linesOf(world, order)
    const hasLeft = order.fulfilment === 'dispatched' || order.fulfilment === 'delivered'
    const back = line && random.chance(hasLeft ? 0.6 : 0.05) ? [{ lineItemId: line.id, quantity: 1 }] : []
    const fits = back.length === 0 || (hasLeft && order.restocked < order.quantity)
    const may = truth.canGiveBack(model, order, amountMinor) && fits
    const command = {
      orderId: order.id,
      version: versionOf(world, order),
      amountMinor,
      actor: owner,
      restock: back,
    }
    world.moves.push(`  ${amountMinor} of ${most} of ${order.id}, ${back.length} back on the shelf`)
    if (!command_(world, `refund of ${order.id}`, may, (work) => refundOrder(work, command))) return
    order.restocked += back.length
    begun(world, order, amountMinor)
  },
  confirm: (world) =>
    aboutRefund(world, ['by_hand'], confirmRefund, ({ model, undoable }, refund) => {
      Object.assign(refund, { state: 'done', byHand: true })
      undoable.delete(refund.charge.order ?? 0)
      returnCharge(model, refund.charge)
    }),
  callOff: (world) =>
    aboutRefund(world, ['by_hand', 'failed'], callOffRefund, (_, refund) => {
      refund.state = 'void'
      const { charge } = refund
      if (charge.state === 'applied') surplusAgain(world, charge)
      if (charge.state !== 'open' || charge.trouble !== null) return
      charge.state = 'received'
      judge(world, charge)
    }),
  retry: (world) =>
    aboutRefund(world, ['failed'], retryRefund, (_, refund) => {
      refund.state = 'wanted'
    }),
  byHand: (world) =>
    aboutRefund(world, ['failed'], refundByHand, (_, refund) => {
      refund.state = 'by_hand'
    }),
  settle(world) {
    const { model, random, owner } = world
    const charge = fitting(world, [...model.charges.values()], (one) => one.trouble !== null)
    if (!charge) return
    const decision = random.pick(['apply', 'apply', 'refund', 'keep'] as const)
    const named = charge.order ?? anOrder(world).id
    const order = existing(model.orders.get(named))
    const may = maySettle(world, charge, decision, order)
    const surplus = truth.surplusOf(model, order)
    const entryId = idOf(world, keyOf(charge))
    const command = { entryId, decision, actor: owner, ...(charge.order === null && { orderId: named }) }
    world.moves.push(`  ${decision} ${keyOf(charge)} (${charge.state}, ${charge.trouble}) of ${named}`)
    if (!command_(world, `${decision} of ${keyOf(charge)}`, may, (work) => settleMatter(work, command)))
      return
    if (decision === 'apply') applied(world, charge, order)
    else if (decision === 'keep' && charge.trouble === 'too_much') order.keptSurplus = surplus
    else if (decision === 'keep') charge.state = charge.state === 'open' ? 'kept' : charge.state
    if (decision !== 'apply') charge.trouble = null
    if (decision === 'refund') adopt(world)
  },
  settleOrder(world) {
    const { random, owner, model } = world
    const isOver = (one: Order) => one.fulfilment === 'cancelled' && truth.refundableOf(model, one) > 0
    const order = existing(fitting(world, [...model.orders.values()], isOver))
    const decision = random.pick(['refund', 'keep'] as const)
    const most = truth.refundableOf(model, order)
    const may = order.fulfilment === 'cancelled' && most > 0 ? undefined : false
    const command = { orderId: order.id, decision, actor: owner }
    world.moves.push(`  ${decision} of ${order.id}`)
    if (!command_(world, `${decision} of ${order.id}`, may, (work) => settleOrderMoney(work, command))) return
    // What goes back is what nobody has decided about: all, or what was called off of it.
    if (decision === 'refund') begun(world, order, 1, most)
  },
  waive(world) {
    const { model, owner, undoable } = world
    const isPart = (one: Order) => truth.chargedOf(model, one) > 0 && truth.owedOf(model, one) > 0
    const order = existing(fitting(world, [...model.orders.values()], isPart))
    const [charged, back] = [truth.chargedOf(model, order), truth.refundedOf(model, order)]
    const owed = truth.owedOf(model, order)
    const may = charged > back && owed > 0 && order.fulfilment !== 'cancelled'
    const command = { orderId: order.id, version: versionOf(world, order), actor: owner }
    world.moves.push(`  ${owed} of ${order.id}`)
    if (!command_(world, `waive of ${order.id}`, may, (work) => waiveRest(work, command))) return
    order.waived += owed
    order.word = true
    undoable.delete(order.id)
  },
  claim({ bank, random, moves }) {
    const open = [...bank.gave].filter(([, given]) => !given.claimed)
    const [id, given] = random.pick([...open, []] as (typeof open)[number][])
    if (given) given.claimed = true
    moves.push(`  refund ${id}`)
  },
  mood({ bank, random, moves }) {
    const [name, invoice] = random.pick(
      [...bank.invoices, []].slice(-4) as [
        string,
        (typeof bank)['invoices'] extends Map<string, infer I> ? I : never,
      ][],
    )
    if (invoice) invoice.mood = random.pick(['seen', 'invalid'])
    moves.push(`  ${name} is ${invoice?.mood}`)
  },
  jobs: (world) => atProviders(world),
}

function command_(
  world: MoneyWorld,
  what: string,
  may: boolean | undefined,
  act: (work: Work) => unknown,
): boolean {
  return expecting(world, what, may, () => void world.shop.write(act))
}

function idOf({ file }: MoneyWorld, key: string): number {
  return existing(readLedger(file).find((row) => row.kind === 'charge' && keyOf(row) === key)).id
}

/** The refunds of an amount are in the ledger: just that amount, or one between the two, of charges that count. */
function begun(world: MoneyWorld, order: Order, least: number, most = least): void {
  const { model, undoable, faults } = world
  const before = model.refunds.length
  adopt(world)
  const came = model.refunds.slice(before)
  const sum = came.reduce((all, one) => all + one.worth, 0)
  if (sum < least || sum > most)
    faults.push(`refunds of ${sum} began for order ${order.id}, ${least} to ${most} were wanted`)
  undoable.delete(order.id)
  order.word = true
}

function aboutRefund(
  world: MoneyWorld,
  from: Refund['state'][],
  act: (work: Work, command: { entryId: number; actor: MoneyWorld['owner'] }) => void,
  then: (world: MoneyWorld, refund: Refund) => void,
): void {
  const { model, owner } = world
  const refund = fitting(world, model.refunds, (one) => from.includes(one.state))
  if (!refund) return
  world.moves.push(`  refund ${refund.id} (${refund.state}) of ${keyOf(refund.charge)}`)
  // What has not been asked for at its provider yet may be taken over; what failed may have gone back another way.
  const isUnsure = refund.state === 'wanted' || refund.state === 'failed'
  const may = from.includes(refund.state) ? (isUnsure ? undefined : true) : isUnsure ? undefined : false
  const command = { entryId: refund.id, actor: owner }
  if (command_(world, `it with refund ${refund.id}`, may, (work) => act(work, command))) then(world, refund)
}

function maySettle(
  world: MoneyWorld,
  charge: truth.Charge,
  decision: string,
  order: Order,
): boolean | undefined {
  const { model } = world
  if (charge.trouble === null) return false
  if (decision === 'keep') return true
  if (decision === 'refund') return charge.state === 'open' ? true : undefined
  const isOwed = truth.owedOf(model, order) > 0
  const isReadable = charge.order !== null ? charge.worth > 0 : charge.currency === 'EUR'
  return charge.state === 'open' && isOwed && isReadable ? undefined : false
}

/** What came beyond the price and does not go back after all waits for a decision again. */
function surplusAgain({ model }: MoneyWorld, charge: truth.Charge): void {
  const order = existing(model.orders.get(charge.order ?? 0))
  const isAsked = truth.chargesOf(model, order.id).some((one) => one.trouble === 'too_much')
  if (order.fulfilment === 'cancelled' || isAsked) return
  if (truth.surplusOf(model, order) > (order.keptSurplus ?? 0)) charge.trouble = 'too_much'
}

/** Money counts after all: a cancelled order goes on with it, and what is too much waits for a decision of its own. */
function applied(world: MoneyWorld, charge: truth.Charge, order: Order): void {
  const { model, undoable } = world
  if (charge.order === null) Object.assign(charge, { order: order.id, worth: charge.amount })
  if (order.fulfilment === 'cancelled') {
    const holdsCode = order.usedCode && truth.usesLeft(model) > 0
    Object.assign(order, { fulfilment: 'placed', lack: 'pending', wasPaid: false, holdsCode })
  }
  Object.assign(charge, { state: 'applied', trouble: null })
  if (truth.surplusOf(model, order) > 0) charge.trouble = 'too_much'
  if (isUnpaid(world, order)) waitAgain(world, order)
  undoable.delete(order.id)
}

/** The shop asks the providers for what is due, in a process that may die on the way. */
async function atProviders(world: MoneyWorld): Promise<void> {
  const { random, moves } = world
  const commits = !world.calm && random.chance(0.3) ? random.between(0, 4) : Number.POSITIVE_INFINITY
  moves.push(`  dying after ${commits} commits`)
  adopt(world)
  world.shop.clock.advance(random.pick([0, 1_000, HOUR_MS]))
  await dying(world, commits, async () => {
    for (const request of listDueRequests(world.shop.db, {
      provider: 'btcpay',
      now: world.shop.clock.now(),
      limit: 50,
    }))
      await askAbout(world, request)
  })
  adopt(world)
  applyStored(world)
  await dying(world, commits, () => moveDueRefunds(world.shop))
  adopt(world)
}

async function askAbout(world: MoneyWorld, request: PaymentRequestRow): Promise<void> {
  const { shop, random, model } = world
  const desk = { shop, log, random: random.next }
  await (request.state === 'wanted' ? makeRequest(desk, request) : lookAtRequest(desk, request))
  adopt(world)
  for (const charge of model.charges.values()) judge(world, charge)
}
