import { describe, expect, it } from 'vitest'
import {
  existing,
  givenCheckout,
  givenOrder,
  givenPerson,
  givenShop,
  givenStaff,
  givenVariant,
  step,
} from '../../../tests/given.ts'
import { findVariant } from '../../db/catalogue.ts'
import { listCart } from '../../db/checkout.ts'
import { listEvents } from '../../db/events.ts'
import { countOrders, listOrders } from '../../db/order-lists.ts'
import { findOrder } from '../../db/orders.ts'
import { findPerson } from '../../db/people.ts'
import { listNoticesOfOrder } from '../../db/proof.ts'
import { setCartQuantity } from '../checkout/cart.ts'
import { MONEY_WAITS } from '../payments/announce-money-matter.ts'
import { recordEvent } from '../record-event.ts'
import { type Actor, type Shop, SYSTEM } from '../work.ts'
import { expireOrders } from './expire-orders.ts'
import { allowedSteps, FULFILMENT, isLegal, PAYMENT, STEP_NAMES } from './machine.ts'
import { orderAgain } from './order-again.ts'
import { placeOrder } from './place-order.ts'
import { searchOrders } from './read-orders.ts'
import { reviewOrder } from './review-order.ts'
import { takeStep } from './take-step.ts'
import { undoStep } from './undo-step.ts'

function stockOf(shop: Shop, variantId: number) {
  const { available, reserved } = existing(findVariant(shop.db, variantId))
  return { available, reserved }
}

function kinds(shop: Shop, orderId: number, state?: string): string[] {
  return listNoticesOfOrder(shop.db, orderId)
    .filter((notice) => !state || notice.state === state)
    .map((notice) => notice.kind)
}

function customer(id: number): Actor & { id: number } {
  return { kind: 'customer', id, name: 'Ana', source: 'chat' }
}

describe('the machines', () => {
  it('reach every state, and leave no state that leads nowhere it should not', () => {
    const reachable = new Set(['placed', ...Object.values(FULFILMENT).flat()])
    expect([...reachable].sort()).toEqual(Object.keys(FULFILMENT).sort())
    const money = new Set(['pending', 'due_on_delivery', ...Object.values(PAYMENT).flat()])
    expect([...money].sort()).toEqual(Object.keys(PAYMENT).sort())
  })

  it('let an order be accepted only with money or on delivery', () => {
    const payments = Object.keys(PAYMENT) as (keyof typeof PAYMENT)[]
    const acceptable = payments.filter((payment) => isLegal('accept', { fulfilment: 'placed', payment }))
    expect(acceptable).toEqual(['due_on_delivery', 'paid', 'partly_refunded'])
  })

  it('give a packer the steps of the shelf but not those of the desk', () => {
    const order = { fulfilment: 'placed', payment: 'due_on_delivery' } as const
    expect(allowedSteps(order, { kind: 'staff', role: 'packer' })).toEqual(['accept'])
    expect(allowedSteps(order, { kind: 'staff', role: 'owner' })).toEqual(['accept', 'mark_paid', 'cancel'])
    expect(allowedSteps(order, { kind: 'customer' })).toEqual(['cancel'])
    expect(allowedSteps({ ...order, fulfilment: 'packing' }, { kind: 'customer' })).toEqual([])
  })

  it('allow nothing from a finished order', () => {
    const finished = { fulfilment: 'delivered', payment: 'paid' } as const
    expect(STEP_NAMES.filter((name) => isLegal(name, finished))).toEqual([])
  })
})

describe('placing an order', () => {
  it('reserves stock, empties the cart, remembers the address and tells customer and staff', () => {
    const shop = givenShop()
    const staff = givenStaff(shop)
    const person = givenPerson(shop)
    const variantId = givenVariant(shop, 10)
    const order = givenOrder(shop, { person, variantId, quantity: 3 })
    expect(order).toMatchObject({ id: 1001, stage: 'placed', total_minor: 3 * 1250 + 490, version: 1 })
    expect(stockOf(shop, variantId)).toEqual({ available: 7, reserved: 3 })
    expect(listCart(shop.db, person.id)).toEqual([])
    expect(existing(findPerson(shop.db, person.id)).address).toBe('Rua Nova 1, Lisbon')
    const told = listNoticesOfOrder(shop.db, order.id)
    expect(told.map((notice) => [notice.kind, notice.person_id])).toEqual([
      ['order_received', person.id],
      ['staff_order', staff.id],
    ])
    expect(countOrders(shop.db).placed).toBe(1)
  })

  it('places one order for a checkout, however often it is confirmed', () => {
    const shop = givenShop()
    const command = givenCheckout(shop)
    const first = shop.write((work) => placeOrder(work, command))
    const second = shop.write((work) => placeOrder(work, command))
    expect(second.id).toBe(first.id)
    expect(listOrders(shop.db, { limit: 10 })).toHaveLength(1)
  })

  it('refuses, changing nothing, when the price is not the one that was shown', () => {
    const shop = givenShop()
    const variantId = givenVariant(shop, 5)
    const command = givenCheckout(shop, { variantId })
    expect(() => shop.write((work) => placeOrder(work, { ...command, totalMinor: 1 }))).toThrow(
      'price has changed',
    )
    expect(stockOf(shop, variantId)).toEqual({ available: 5, reserved: 0 })
    expect(listOrders(shop.db, { limit: 10 })).toEqual([])
  })

  it('sells the last one once', () => {
    const shop = givenShop()
    const variantId = givenVariant(shop, 1)
    const commands = Array.from({ length: 5 }, () => givenCheckout(shop, { variantId, quantity: 1 }))
    const outcomes = commands.map((command) => {
      try {
        return shop.write((work) => placeOrder(work, command)).stage
      } catch (error) {
        return (error as Error).message
      }
    })
    expect(outcomes.filter((outcome) => outcome === 'placed')).toHaveLength(1)
    expect(new Set(outcomes.slice(1))).toEqual(
      new Set(['Mug is no longer available. Please change your cart.']),
    )
    expect(stockOf(shop, variantId)).toEqual({ available: 0, reserved: 1 })
  })
})

describe('taking steps', () => {
  it('leads an order to delivered, telling the customer each time', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const variantId = givenVariant(shop, 10)
    const order = step(
      shop,
      olga,
      givenOrder(shop, { variantId }),
      'accept',
      'pack',
      'dispatch',
      'deliver',
      'mark_paid',
    )
    expect(order).toMatchObject({ fulfilment: 'delivered', payment: 'paid', version: 6 })
    expect(existing(findOrder(shop.db, order.id))).toEqual({ ...order, undo_until: order.undo_until })
    expect(stockOf(shop, variantId)).toEqual({ available: 8, reserved: 0 })
    const customerKinds = kinds(shop, order.id).filter((kind) => !kind.startsWith('staff'))
    expect(customerKinds).toEqual([
      'order_received',
      'order_accepted',
      'order_packing',
      'order_dispatched',
      'order_delivered',
      'payment_received',
    ])
    const history = listEvents(shop.db, order.id).map((event) => `${event.type} by ${event.actor_name}`)
    expect(history).toEqual([
      'placed by Ana',
      'accepted by Olga',
      'packing by Olga',
      'dispatched by Olga',
      'delivered by Olga',
      'paid by Olga',
    ])
  })

  it('lets one of two people with the same version win, and tells the other how the order stands', () => {
    const shop = givenShop()
    const [olga, pia] = [givenStaff(shop), givenStaff(shop, 'packer', 'Pia')]
    const order = givenOrder(shop)
    const command = { orderId: order.id, step: 'accept', version: order.version } as const
    shop.write((work) => takeStep(work, { ...command, actor: olga }))
    expect(() => shop.write((work) => takeStep(work, { ...command, actor: pia }))).toThrow(
      'Order #1001 is accepted now.',
    )
    expect(listEvents(shop.db, order.id)).toHaveLength(2)
  })

  it('applies a command that comes twice once', () => {
    const shop = givenShop()
    const actor = givenStaff(shop)
    const order = givenOrder(shop)
    const command = { orderId: order.id, step: 'accept', version: 1, actor, requestKey: 'press-1' } as const
    const first = shop.write((work) => takeStep(work, command))
    const again = shop.write((work) => takeStep(work, command))
    expect(again.version).toBe(first.version)
    expect(listEvents(shop.db, order.id)).toHaveLength(2)
  })

  it('refuses illegal steps, missing tracking, wrong roles and foreign orders, changing nothing', () => {
    const shop = givenShop()
    const [olga, pia] = [givenStaff(shop), givenStaff(shop, 'packer', 'Pia')]
    const stranger = givenPerson(shop, 'Eve')
    const order = givenOrder(shop)
    const attempt = (command: object, version = order.version) =>
      shop.write((work) =>
        takeStep(work, { orderId: order.id, step: 'accept', version, actor: olga, ...command } as never),
      )
    expect(() => attempt({ step: 'deliver' })).toThrow('Order #1001 is placed now.')
    expect(() => attempt({ step: 'fly' })).toThrow('no such step')
    expect(() => attempt({ step: 'cancel', actor: pia })).toThrow('role does not allow')
    expect(() => attempt({ step: 'cancel', actor: customer(stranger.id) })).toThrow(
      'There is no order #1001.',
    )
    expect(() => attempt({ step: 'accept', actor: customer(order.person_id) })).toThrow()
    expect(() => attempt({ step: 'cancel', reason: 'x'.repeat(301) })).toThrow('at most 300')
    expect(() => attempt({ orderId: 999 })).toThrow('There is no order #999.')
    const packed = step(shop, olga, order, 'accept', 'pack')
    expect(() => attempt({ step: 'dispatch' }, packed.version)).toThrow('tracking number')
    expect(() => attempt({ step: 'cancel', actor: customer(order.person_id) }, packed.version)).toThrow(
      'no longer be cancelled',
    )
    expect(existing(findOrder(shop.db, order.id))).toMatchObject({ fulfilment: 'packing', version: 3 })
  })

  it('frees stock on cancel; what becomes of the money has to be said', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const variantId = givenVariant(shop, 4)
    const order = givenOrder(shop, { variantId, payment: 'bank_transfer' })
    const paid = step(shop, olga, order, 'mark_paid')
    expect(() => step(shop, olga, paid, 'cancel')).toThrow('Say what is to happen with the €29.90.')
    const command = { orderId: order.id, step: 'cancel', version: paid.version, actor: olga } as const
    const cancelled = shop.write((work) => takeStep(work, { ...command, money: 'later' }))
    expect(cancelled).toMatchObject({ stage: 'cancelled', payment: 'paid', needs_review: MONEY_WAITS })
    expect(stockOf(shop, variantId)).toEqual({ available: 4, reserved: 0 })
  })

  it('tells staff when it is the customer who cancels', () => {
    const shop = givenShop()
    givenStaff(shop)
    const order = givenOrder(shop)
    step(shop, customer(order.person_id), order, 'cancel')
    expect(kinds(shop, order.id)).toContain('staff_order_cancelled')
  })
})

describe('undo', () => {
  it('takes back state, stock and the notice that has not left', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const variantId = givenVariant(shop, 4)
    const packed = step(shop, olga, givenOrder(shop, { variantId }), 'accept', 'pack')
    const sent = step(shop, olga, packed, 'dispatch')
    expect(stockOf(shop, variantId)).toEqual({ available: 2, reserved: 0 })
    const undone = shop.write((work) =>
      undoStep(work, { orderId: sent.id, version: sent.version, actor: olga }),
    )
    expect(undone).toMatchObject({ fulfilment: 'packing', version: 5, tracking_number: null })
    expect(existing(findOrder(shop.db, sent.id))).toEqual(undone)
    expect(stockOf(shop, variantId)).toEqual({ available: 2, reserved: 2 })
    expect(kinds(shop, sent.id, 'undone')).toEqual(['order_dispatched'])
  })

  it('is still there after something that did not move the order', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const accepted = step(shop, olga, givenOrder(shop), 'accept')
    const { id: orderId, version } = accepted
    shop.write((work) => recordEvent(work, { type: 'person_unreachable', orderId, actor: SYSTEM }))
    const undone = shop.write((work) => undoStep(work, { orderId, version, actor: olga }))
    expect(undone.fulfilment).toBe('placed')
  })

  it('is for those who could have taken the step themselves', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const pia = givenStaff(shop, 'packer', 'Pia')
    const paid = step(shop, olga, givenOrder(shop, { payment: 'bank_transfer' }), 'mark_paid')
    const undo = (actor: Actor) =>
      shop.write((work) => undoStep(work, { orderId: paid.id, version: paid.version, actor }))
    expect(() => undo(pia)).toThrow('role does not allow')
    expect(() => undo(customer(paid.person_id))).toThrow('role does not allow')
    expect(undo(olga).payment).toBe('pending')
  })

  it('is refused once the time is up, twice in a row, and for customers’ own steps', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const accepted = step(shop, olga, givenOrder(shop), 'accept')
    const undo = (version: number) =>
      shop.write((work) => undoStep(work, { orderId: accepted.id, version, actor: olga }))
    shop.clock.advance(5_000)
    expect(() => undo(accepted.version)).toThrow('too late')
    const packed = step(shop, olga, accepted, 'pack')
    const back = undo(packed.version)
    expect(back.fulfilment).toBe('accepted')
    expect(() => undo(back.version)).toThrow('too late')
    expect(() => undo(packed.version)).toThrow('Order #1001 is accepted now.')
  })

  it('of a cancellation is refused when the goods are sold meanwhile', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const variantId = givenVariant(shop, 2)
    const cancelled = step(shop, olga, givenOrder(shop, { variantId }), 'cancel')
    givenOrder(shop, { variantId })
    const { id: orderId, version } = cancelled
    expect(() => shop.write((work) => undoStep(work, { orderId, version, actor: olga }))).toThrow(
      'sold to somebody else',
    )
    expect(existing(findOrder(shop.db, orderId)).stage).toBe('cancelled')
  })
})

describe('unpaid orders', () => {
  it('expire when their time is up, freeing stock and telling the customer; late money is flagged', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const variantId = givenVariant(shop, 2)
    const order = givenOrder(shop, { variantId, payment: 'bank_transfer' })
    expect(order.stage).toBe('unpaid')
    expect(expireOrders(shop)).toBe(0)
    shop.clock.advance(48 * 3_600_000)
    expect(expireOrders(shop)).toBe(1)
    expect(expireOrders(shop)).toBe(0)
    const expired = existing(findOrder(shop.db, order.id))
    expect(expired).toMatchObject({ stage: 'cancelled', payment: 'expired' })
    expect(stockOf(shop, variantId)).toEqual({ available: 2, reserved: 0 })
    expect(kinds(shop, order.id)).toContain('order_expired')
    expect(step(shop, olga, expired, 'mark_paid').needs_review).toBe(MONEY_WAITS)
  })

  it('that were cancelled take late money too, flagged; what was to be paid on delivery does not', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const transfer = step(shop, olga, givenOrder(shop, { payment: 'bank_transfer' }), 'cancel')
    expect(step(shop, olga, transfer, 'mark_paid')).toMatchObject({
      stage: 'cancelled',
      payment: 'pending',
      needs_review: MONEY_WAITS,
    })
    const cash = step(shop, olga, givenOrder(shop), 'cancel')
    expect(() => step(shop, olga, cash, 'mark_paid')).toThrow('is cancelled now')
  })

  it('of nothing are paid when they are placed', () => {
    const shop = givenShop()
    const variantId = givenVariant(shop, 5, 0)
    const order = givenOrder(shop, { variantId, payment: 'bank_transfer', delivery: 1 })
    expect(order).toMatchObject({ stage: 'placed', payment: 'paid', total_minor: 0 })
  })

  it('that are paid or pay on delivery never expire', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    step(shop, olga, givenOrder(shop, { payment: 'bank_transfer' }), 'mark_paid')
    givenOrder(shop)
    shop.clock.advance(999 * 3_600_000)
    expect(expireOrders(shop)).toBe(0)
  })
})

describe('finding orders', () => {
  it('by number, name, username, phone, and page by page', () => {
    const shop = givenShop()
    const zoe = givenPerson(shop, 'Zoë Ångström')
    const mine = givenOrder(shop, { person: zoe })
    for (let i = 0; i < 4; i++) givenOrder(shop)
    const found = (search: string) => searchOrders(shop.db, { search, limit: 10 }).map((order) => order.id)
    expect(found('1001')).toEqual([mine.id])
    expect(found('#1001')).toEqual([mine.id])
    expect(found('zoe angst')).toEqual([mine.id])
    expect(found('"; drop table orders --')).toEqual([])
    expect(found('*')).toEqual([])
    const first = listOrders(shop.db, { limit: 3 })
    const second = listOrders(shop.db, { limit: 3, before: existing(first.at(-1)).id })
    expect([...first, ...second].map((order) => order.id)).toEqual([1005, 1004, 1003, 1002, 1001])
  })
})

describe('the oldest orders of a stage', () => {
  it('come longest waiting first, page by page', () => {
    const shop = givenShop()
    const [a, b, c] = [givenOrder(shop), givenOrder(shop), givenOrder(shop)]
    const query = { stage: 'placed', limit: 2 } as const
    const ids = (after: number) => searchOrders(shop.db, { ...query, after }).map((order) => order.id)
    expect([ids(0), ids(b.id)]).toEqual([[a.id, b.id], [c.id]])
    expect(() => searchOrders(shop.db, { after: 0, limit: 2 })).toThrow('Say the stage')
  })
})

describe('after delivery', () => {
  it('a customer rates the order once and can change their mind; strangers cannot', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = givenOrder(shop)
    const rate = (rating: number, personId = order.person_id) =>
      shop.write((work) => reviewOrder(work, { actor: customer(personId), orderId: order.id, rating }))
    expect(() => rate(5)).toThrow('once it has arrived')
    step(shop, olga, order, 'accept', 'pack', 'dispatch', 'deliver')
    rate(4)
    rate(5)
    for (let i = 0; i < 300; i++) rate(5)
    expect(listEvents(shop.db, order.id).filter((event) => event.type === 'reviewed')).toHaveLength(2)
    expect(() => rate(6)).toThrow('one to five')
    expect(() => rate(5, olga.id)).toThrow('no order')
  })

  it('orders the same again as far as it is in stock', () => {
    const shop = givenShop()
    const person = givenPerson(shop)
    const variantId = givenVariant(shop, 3)
    const order = givenOrder(shop, { person, variantId, quantity: 2 })
    const leftOut = shop.write((work) => orderAgain(work, customer(person.id), order.id))
    expect(leftOut).toEqual(['Mug'])
    expect(listCart(shop.db, person.id)).toMatchObject([{ quantity: 1 }])
    expect(() =>
      shop.write((work) => setCartQuantity(work, { personId: person.id, variantId, quantity: 2 })),
    ).toThrow('Only 1 left.')
  })
})
