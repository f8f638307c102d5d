import type { WholeOrder } from '../../src/db/seed.ts'
import type { Chance } from './chance.ts'
import type { MadeUpOrder, World } from './make-up-order.ts'

type Who = { kind: 'customer' | 'staff'; id: number; name: string } | typeof SYSTEM

interface Happening {
  type: string
  /** Minutes since the one before: at least and at most. */
  waits: [low: number, high: number]
  change: Partial<WholeOrder>
  by: 'customer' | 'staff' | 'system'
}

const MINUTE_MS = 60_000
const UNDO_MS = 5000
const WINDOW_MINUTES = 48 * 60
const SYSTEM = { kind: 'system', id: null, name: 'LittleShop' } as const
const SOURCES = { customer: 'chat', staff: 'panel', system: 'job' } as const
const MONEY_BACK = 'Cancelled after it was paid: the money is to be given back'

export function recordPlaced(made: MadeUpOrder): void {
  record(made, 'placed', made.order.placed_at, { kind: 'customer', ...made.customer }, null)
}

/** Lets the order live on, step by step, until it is done or today has come. */
export function live(made: MadeUpOrder, chance: Chance, { staff, now }: World): void {
  const { order, customer } = made
  let at = order.placed_at
  for (const { type, waits, change, by } of whatHappens(chance, order)) {
    at += chance.between(waits[0] * MINUTE_MS, waits[1] * MINUTE_MS)
    if (at >= now) return
    const from = { fulfilment: order.fulfilment, payment: order.payment }
    const who: Who =
      by === 'system' ? SYSTEM : { kind: by, ...(by === 'staff' ? chance.pickSkewed(staff) : customer) }
    const undoUntil = by === 'staff' ? at + UNDO_MS : null
    Object.assign(order, change, { version: (order.version ?? 1) + 1, updated_at: at, undo_until: undoUntil })
    record(made, type, at, who, from)
  }
}

/** One of the ways an order can go: most go through, some are never paid, withdrawn or cannot be sent. */
function whatHappens(chance: Chance, order: WholeOrder): Happening[] {
  const isBank = order.payment === 'pending'
  const share = chance.next()
  if (isBank && share < 0.05) return [EXPIRED]
  const paid: Happening = { type: 'paid', waits: [20, 900], change: { payment: 'paid' }, by: 'staff' }
  const before = isBank ? [paid] : []
  if (share < 0.08) return [...before, cancelled('customer', 'I changed my mind.', isBank)]
  if (share < 0.095) return [...before, ACCEPTED, cancelled('staff', 'Broken on the shelf.', isBank)]
  const tracking = order.address === null ? null : `LS${chance.between(10_000_000, 99_999_999)}PT`
  const after: Happening[] = isBank ? [] : [{ ...paid, waits: [1, 10] }]
  return [...before, ACCEPTED, PACKING, dispatched(tracking), DELIVERED, ...after]
}

const EXPIRED: Happening = {
  type: 'expired',
  waits: [WINDOW_MINUTES, WINDOW_MINUTES + 1],
  change: { fulfilment: 'cancelled', payment: 'expired' },
  by: 'system',
}
const ACCEPTED: Happening = {
  type: 'accepted',
  waits: [3, 240],
  change: { fulfilment: 'accepted' },
  by: 'staff',
}
const PACKING: Happening = {
  type: 'packing',
  waits: [10, 400],
  change: { fulfilment: 'packing' },
  by: 'staff',
}
const DELIVERED: Happening = {
  type: 'delivered',
  waits: [300, 4000],
  change: { fulfilment: 'delivered' },
  by: 'staff',
}

function dispatched(tracking: string | null): Happening {
  const change = { fulfilment: 'dispatched', tracking_number: tracking } as const
  return { type: 'dispatched', waits: [20, 600], change, by: 'staff' }
}

function cancelled(by: 'customer' | 'staff', reason: string, isPaid: boolean): Happening {
  const change = {
    fulfilment: 'cancelled',
    cancel_reason: reason,
    needs_review: isPaid ? MONEY_BACK : null,
  } as const
  return { type: 'cancelled', waits: [5, 300], change, by }
}

function record(
  made: MadeUpOrder,
  type: string,
  at: number,
  who: Who,
  from: Pick<WholeOrder, 'fulfilment' | 'payment'> | null,
): void {
  made.events.push({
    type,
    at,
    actorKind: who.kind,
    actorId: who.id,
    actorName: who.name,
    source: SOURCES[who.kind],
    fromFulfilment: from?.fulfilment ?? null,
    fromPayment: from?.payment ?? null,
    data: JSON.stringify(dataOf(type, made.order)),
    requestKey: null,
  })
}

function dataOf(type: string, order: WholeOrder): Record<string, string> {
  if (type === 'dispatched' && order.tracking_number) return { trackingNumber: order.tracking_number }
  if (type === 'cancelled' && order.cancel_reason) return { reason: order.cancel_reason }
  return {}
}
