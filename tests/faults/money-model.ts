// What the test knows of the shop's money by having done it. It never asks the shop, and imports nothing of it.

export type Stage = 'placed' | 'accepted' | 'packing' | 'dispatched' | 'delivered' | 'cancelled'

/** Money that came, as the provider holds it. */
export interface Coin {
  provider: string
  reference: string
  /** The order it names, whether or not there is one. */
  names: number | null
  amount: number
  currency: string
  /** In the order's currency; 0 when nobody can tell. */
  worth: number
}

export interface Charge extends Coin {
  order: number | null
  state: 'received' | 'applied' | 'open' | 'kept' | 'returned' | 'void'
  trouble: string | null
}

export interface Refund {
  id: number
  charge: Charge
  /** The order it was for when it began. */
  order: number | null
  /** In the charge's currency, and in the order's. */
  amount: number
  worth: number
  state: 'wanted' | 'by_hand' | 'offered' | 'done' | 'failed' | 'void'
  /** Somebody of the shop paid it, whatever the provider could have done. */
  byHand: boolean
}

export interface Order {
  id: number
  total: number
  onDelivery: boolean
  transfer: boolean
  /** When unpaid orders of its kind end; undefined for those paid on delivery. */
  endsAt: number | undefined
  fulfilment: Stage
  /** What is remembered while money is missing. */
  lack: 'pending' | 'failed' | 'expired'
  waived: number
  /** All it costs was here once: what goes back after that is not owed again. */
  wasPaid: boolean
  /** The owner said so: it may be worked on without (all of) its money. */
  word: boolean
  variant: number
  quantity: number
  /** Whether it holds one of the uses of the discount code, and whether it was placed with one. */
  holdsCode: boolean
  usedCode: boolean
  /** Pieces back on the shelf after they had left, and pieces of a cancelled order that stay off it. */
  restocked: number
  lost: number
  /** As much of what came beyond its price as the shop keeps. */
  keptSurplus?: number
}

export interface Model {
  orders: Map<number, Order>
  /** By provider and reference. */
  charges: Map<string, Charge>
  refunds: Refund[]
  /** Charges, by provider and reference, that somebody had to be told of. */
  matters: Set<string>
  /** What there was of each variant at first. */
  stock: Map<number, number>
}

/** So often the discount code can be used. */
export const USES = 3

const BY_HAND = ['cash', 'transfer']
const HELD: readonly Stage[] = ['placed', 'accepted', 'packing']
const GONE: readonly Stage[] = ['dispatched', 'delivered']

export function emptyModel(stock: Map<number, number>): Model {
  return { orders: new Map(), charges: new Map(), refunds: [], matters: new Set(), stock }
}

export const keyOf = (coin: Pick<Coin, 'provider' | 'reference'>) => `${coin.provider} ${coin.reference}`

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0)

export function chargesOf(model: Model, order: number): Charge[] {
  return [...model.charges.values()].filter((charge) => charge.order === order)
}

/** What came in for the order and counts. */
export function chargedOf(model: Model, order: Order): number {
  const counting = chargesOf(model, order.id).filter((charge) => charge.state === 'applied')
  return sum(counting.map((charge) => charge.worth))
}

/** What went back of the money that counted. */
export function refundedOf(model: Model, order: Order): number {
  const back = model.refunds.filter(
    ({ charge, state }) => charge.order === order.id && charge.state === 'applied' && state === 'done',
  )
  return sum(back.map((refund) => refund.worth))
}

/** Refunds of a charge that have moved money, or may still do. */
export function liveRefunds(model: Model, charge: Charge): Refund[] {
  return model.refunds.filter((one) => one.charge === charge && !['failed', 'void'].includes(one.state))
}

/** What is left of a charge to give back, in its own currency and in the order's. */
export function leftOf(model: Model, charge: Charge): { amount: number; worth: number } {
  const live = liveRefunds(model, charge)
  return {
    amount: charge.amount - sum(live.map((refund) => refund.amount)),
    worth: charge.worth - sum(live.map((refund) => refund.worth)),
  }
}

/** Whether an order's counting money can be given back in just this amount; Stars only go back whole. */
export function canGiveBack(model: Model, order: Order, amount: number): boolean {
  if (owedOf(model, order) > 0 && order.fulfilment !== 'cancelled') return false
  const charges = chargesOf(model, order.id).filter((charge) => charge.state === 'applied')
  const wholes = charges.filter((charge) => charge.provider === 'stars')
  const parts = sum(charges.map((charge) => (wholes.includes(charge) ? 0 : leftOf(model, charge).worth)))
  let sums = [0]
  for (const charge of wholes) sums = sums.flatMap((one) => [one, one + leftOf(model, charge).worth])
  return amount > 0 && sums.some((whole) => amount >= whole && amount - whole <= parts)
}

/** All that can still be given back of what counts for an order. */
export function refundableOf(model: Model, order: Order): number {
  const charges = chargesOf(model, order.id).filter((charge) => charge.state === 'applied')
  return sum(charges.map((charge) => leftOf(model, charge).worth))
}

export function owedOf(model: Model, order: Order): number {
  const [cost, charged] = [order.total - order.waived, chargedOf(model, order)]
  return order.wasPaid && charged >= cost ? 0 : Math.max(0, cost - charged + refundedOf(model, order))
}

/** Remembers of every order whether it is paid, for what goes back later. */
export function rememberPaid(model: Model): void {
  for (const order of model.orders.values())
    order.wasPaid = ['paid', 'partly_refunded', 'refunded'].includes(paymentOf(model, order))
}

export function paymentOf(model: Model, order: Order): string {
  const [charged, refunded] = [chargedOf(model, order), refundedOf(model, order)]
  // Still owed: it is waited for, whatever went back.
  const isWaitedFor = owedOf(model, order) > 0 && order.fulfilment !== 'cancelled'
  if (refunded > 0 && !isWaitedFor) return refunded >= charged ? 'refunded' : 'partly_refunded'
  if (owedOf(model, order) === 0) return 'paid'
  return order.onDelivery ? 'due_on_delivery' : order.lack
}

/** Goods on their way to somebody who did not pay, without the owner having said so. */
export function isWorkedOnForNothing(model: Model, order: Order): boolean {
  const isIdle = order.fulfilment === 'placed' || order.fulfilment === 'cancelled'
  return !isIdle && !order.onDelivery && !order.word && owedOf(model, order) > 0
}

/** Whether nobody paid anything in time. What has some money on it, or waiting for it, is for a person to look at. */
export function isOverdue(model: Model, order: Order, now: number): boolean {
  const isHere = chargedOf(model, order) > refundedOf(model, order)
  const waits = chargesOf(model, order.id).some(
    ({ state, trouble }) => state === 'received' || (state === 'open' && trouble !== null),
  )
  const unpaid = ['pending', 'failed'].includes(paymentOf(model, order)) && !isHere && !waits
  return order.fulfilment === 'placed' && unpaid && order.endsAt !== undefined && order.endsAt <= now
}

/** How many uses of the discount code are left. */
export function usesLeft(model: Model): number {
  return USES - [...model.orders.values()].filter((order) => order.holdsCode).length
}

/** Whether money for the order waits for a decision. */
function hasMatter(model: Model, order: Order): boolean {
  return chargesOf(model, order.id).some((charge) => charge.trouble !== null)
}

/** What came for an order beyond what it costs, and is not on its way back. */
export function surplusOf(model: Model, order: Order): number {
  return Math.max(0, refundableOf(model, order) - (order.total - order.waived))
}

/** All that came is on its way back, or is there already: nobody works for that. */
function isLeaving(model: Model, order: Order): boolean {
  return chargedOf(model, order) > 0 && refundableOf(model, order) === 0 && owedOf(model, order) === 0
}

/** The step that nothing forbids but that the order's money is on its way back. */
export function temptingStep(model: Model, order: Order): 'accept' | 'pack' | 'dispatch' | undefined {
  const isPaid = ['paid', 'partly_refunded'].includes(paymentOf(model, order))
  if (!isPaid || !isLeaving(model, order)) return undefined
  const next: Partial<Record<Stage, 'accept' | 'pack' | 'dispatch'>> = {
    placed: 'accept',
    accepted: 'pack',
    packing: 'dispatch',
  }
  return next[order.fulfilment]
}

/** Whether the owner can take this step now. */
export function mayStep(model: Model, order: Order, step: string): boolean {
  const payment = paymentOf(model, order)
  const isWork = step === 'accept' || step === 'pack' || step === 'dispatch'
  if (isWork && isLeaving(model, order)) return false
  if (step === 'accept')
    return order.fulfilment === 'placed' && ['paid', 'due_on_delivery', 'partly_refunded'].includes(payment)
  if (step === 'mark_paid' && order.fulfilment === 'cancelled')
    return ['pending', 'failed', 'expired'].includes(payment) && !hasMatter(model, order)
  if (step === 'mark_paid') return ['pending', 'failed', 'due_on_delivery'].includes(payment)
  if (step === 'cancel') return HELD.includes(order.fulfilment)
  const paid = step === 'deliver' || ['paid', 'due_on_delivery', 'partly_refunded'].includes(payment)
  return paid && order.fulfilment === { pack: 'accepted', dispatch: 'packing', deliver: 'dispatched' }[step]
}

/** Money that came is stored, once. */
export function store(model: Model, coin: Coin): Charge {
  const known = model.charges.get(keyOf(coin))
  if (known) return known
  const order = coin.names !== null && model.orders.has(coin.names) ? coin.names : null
  const charge: Charge = { ...coin, order, state: 'received', trouble: null }
  model.charges.set(keyOf(coin), charge)
  return charge
}

/** Money that is stored is looked at, once. */
export function apply(model: Model, charge: Charge): void {
  if (charge.state !== 'received') return
  const order = charge.order === null ? undefined : model.orders.get(charge.order)
  charge.trouble = troubleOf(model, order, charge)
  charge.state = charge.trouble && charge.trouble !== 'too_much' ? 'open' : 'applied'
  if (charge.trouble) model.matters.add(keyOf(charge))
  rememberPaid(model)
}

/** The money that waits for a decision is looked at again, because its order is another now. */
export function applyAgain(model: Model, order: Order): void {
  for (const charge of chargesOf(model, order.id)) {
    if (charge.state !== 'open' || charge.trouble === null) continue
    charge.state = 'received'
    apply(model, charge)
  }
}

function troubleOf(model: Model, order: Order | undefined, charge: Charge): string | null {
  if (!order) return 'unknown_order'
  if (charge.worth === 0) return 'wrong_currency'
  if (order.fulfilment === 'cancelled') {
    return paymentOf(model, order) === 'expired' ? 'after_expiry' : 'after_cancel'
  }
  const owed = owedOf(model, order)
  if (owed === 0) return 'paid_twice'
  if (charge.worth > owed) return 'too_much'
  return charge.worth === owed || BY_HAND.includes(charge.provider) ? null : 'too_little'
}

/** How many pieces of a variant can be ordered. */
export function availableOf(model: Model, variant: number): number {
  const orders = [...model.orders.values()].filter((order) => order.variant === variant)
  return (model.stock.get(variant) ?? 0) - sum(orders.map(offTheShelf))
}

export function reservedOf(model: Model, variant: number): number {
  const orders = [...model.orders.values()].filter((order) => order.variant === variant)
  return sum(orders.map((order) => (HELD.includes(order.fulfilment) ? order.quantity : 0)))
}

function offTheShelf({ fulfilment, quantity, restocked, lost }: Order): number {
  if (HELD.includes(fulfilment)) return quantity + lost
  return GONE.includes(fulfilment) ? quantity - restocked + lost : lost
}

/** One line for each row the ledger must have. */
export function ledgerLines(model: Model): string[] {
  const charges = [...model.charges.values()].map((charge) =>
    [
      'charge',
      charge.provider,
      charge.reference,
      charge.order ?? '-',
      charge.amount,
      charge.currency,
      charge.worth,
      charge.state,
      charge.trouble ?? '-',
    ].join(' '),
  )
  const refunds = model.refunds.map(({ charge, order, amount, worth, state }) =>
    [
      'refund',
      charge.provider,
      'of',
      charge.reference,
      order ?? '-',
      amount,
      charge.currency,
      worth,
      state,
      // Nobody but staff can hand on what is to be claimed for no order.
      state === 'failed' || (state === 'offered' && order === null) ? '!' : '-',
    ].join(' '),
  )
  return [...charges, ...refunds].sort()
}
