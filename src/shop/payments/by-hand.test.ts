import { describe, expect, it } from 'vitest'
import { existing, givenOrder, givenShop, givenStaff, step, type TestShop } from '../../../tests/given.ts'
import { findEscalation } from '../../db/escalations.ts'
import { listEvents } from '../../db/events.ts'
import { listEntriesOfOrder } from '../../db/ledger.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { addProof, findProof } from '../../db/payment-proofs.ts'
import { recountShop } from '../../db/seed-check.ts'
import { askRefund } from '../orders/ask-refund.ts'
import { clearReview } from '../orders/clear-review.ts'
import type { Actor } from '../work.ts'
import { approveProof } from './approve-proof.ts'
import { recordPayment } from './record-payment.ts'
import { refundOrder } from './refund-order.ts'
import { rejectProof } from './reject-proof.ts'
import { settleMatter } from './settle-matter.ts'
import { voidPayment } from './void-payment.ts'

function proofOf(shop: TestShop, order: OrderRow, uniqueId = 'A'): number {
  const proof = { orderId: order.id, file: 'x.jpg', kind: 'photo', uniqueId, words: null } as const
  return shop.db.write((tx) => addProof(tx, { ...proof, now: shop.clock.now() }))
}

function now(shop: TestShop, order: OrderRow): OrderRow {
  return existing(findOrder(shop.db, order.id))
}

function types(shop: TestShop, order: OrderRow): string[] {
  return listEvents(shop.db, order.id).map((event) => event.type)
}

function pay(shop: TestShop, actor: Actor, order: OrderRow, amountMinor: number, requestKey?: string): void {
  const { id: orderId, version } = now(shop, order)
  shop.write((work) => recordPayment(work, { orderId, version, amountMinor, actor, requestKey }))
}

describe('what is no amount of money', () => {
  it.each([0, -5, 1.5, Number.NaN, 2 ** 53, 1_000_000_000_001])(
    '%s is refused, however it comes',
    (amountMinor) => {
      const shop = givenShop()
      const olga = givenStaff(shop)
      const order = givenOrder(shop, { payment: 'bank_transfer' })
      const proofId = proofOf(shop, order)
      const approve = () =>
        shop.write((work) => approveProof(work, { orderId: order.id, proofId, amountMinor, actor: olga }))
      for (const act of [() => pay(shop, olga, order, amountMinor), approve])
        expect(act).toThrow('That is no amount of money.')
      expect(listEntriesOfOrder(shop.db, order.id)).toEqual([])
    },
  )
})

describe('a receipt', () => {
  it('is approved in parts until nothing is due, and each part counts once', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = givenOrder(shop, { payment: 'bank_transfer' })
    const [first, second] = [proofOf(shop, order), proofOf(shop, order, 'B')]
    const approve = (proofId: number, amountMinor: number, actor: Actor = olga) =>
      shop.write((work) => approveProof(work, { orderId: order.id, proofId, amountMinor, actor }))
    approve(first, 1000)
    expect(now(shop, order)).toMatchObject({ payment: 'pending', charged_minor: 1000 })
    // Sent again after a lost answer.
    approve(first, 1000)
    expect(() => approve(first, 900)).toThrow('Olga has approved this receipt already.')
    const max = givenStaff(shop, 'manager', 'Max')
    expect(() => approve(first, 1000, max)).toThrow('Olga has approved this receipt already.')
    approve(second, order.total_minor - 1000, max)
    expect(now(shop, order)).toMatchObject({ payment: 'paid', charged_minor: order.total_minor })
    expect(types(shop, order)).toEqual(['placed', 'proof_approved', 'part_paid', 'proof_approved', 'paid'])
    expect(recountShop(shop.db)).toEqual([])
  })

  it('with more than is due pays the order, and the rest waits for a decision', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = givenOrder(shop, { payment: 'bank_transfer' })
    const proofId = proofOf(shop, order)
    const amountMinor = order.total_minor + 500
    shop.write((work) => approveProof(work, { orderId: order.id, proofId, amountMinor, actor: olga }))
    expect(now(shop, order)).toMatchObject({ payment: 'paid', needs_review: 'Money waits for a decision' })
    expect(listEntriesOfOrder(shop.db, order.id)).toMatchObject([{ state: 'applied', trouble: 'too_much' }])
  })

  it('is refused with a reason, and the customer has the usual time once more', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = givenOrder(shop, { payment: 'bank_transfer' })
    const proofId = proofOf(shop, order)
    shop.clock.advance(3_600_000)
    const reject = (reason: string, actor: Actor = olga) =>
      shop.write((work) => rejectProof(work, { orderId: order.id, proofId, reason, actor }))
    expect(() => reject('  ')).toThrow('Say why')
    expect(() => reject('x'.repeat(301))).toThrow('at most 300')
    expect(() => reject('No', givenStaff(shop, 'packer', 'Pete'))).toThrow('Only owners and managers')
    reject('It is for another shop.')
    expect(findProof(shop.db, proofId)).toMatchObject({ state: 'rejected', decided_by: olga.id })
    expect(now(shop, order).expires_at).toBe(existing(order.expires_at) + 3_600_000)
    expect(() =>
      shop.write((work) => approveProof(work, { orderId: order.id, proofId, amountMinor: 1, actor: olga })),
    ).toThrow('Olga has rejected this receipt already.')
    expect(listEntriesOfOrder(shop.db, order.id)).toEqual([])
  })

  it('belongs to its order', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const [mine, other] = [1, 2].map(() => givenOrder(shop, { payment: 'bank_transfer' }))
    const proofId = proofOf(shop, existing(mine))
    const command = { orderId: existing(other).id, proofId, amountMinor: 100, actor: olga }
    expect(() => shop.write((work) => approveProof(work, command))).toThrow('has no such receipt')
  })
})

describe('money entered by hand', () => {
  it('adds up in parts, and the same command again enters nothing', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = givenOrder(shop)
    pay(shop, olga, order, 1000, 'key-1')
    pay(shop, olga, order, 1000, 'key-1')
    expect(now(shop, order)).toMatchObject({ payment: 'due_on_delivery', charged_minor: 1000 })
    expect(() => pay(shop, olga, order, 1100, 'key-1')).toThrow('used for something else')
    expect(() =>
      shop.write((work) =>
        recordPayment(work, { orderId: order.id, version: 1, amountMinor: 5, actor: olga }),
      ),
    ).toThrow('is placed now')
    pay(shop, olga, order, order.total_minor - 1000)
    expect(now(shop, order).payment).toBe('paid')
    expect(listEntriesOfOrder(shop.db, order.id).map((entry) => entry.provider)).toEqual(['cash', 'cash'])
    expect(() => pay(shop, givenStaff(shop, 'packer', 'Pete'), order, 1)).toThrow('Only owners')
  })

  it('for an order that is over waits for a decision', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = step(shop, olga, givenOrder(shop, { payment: 'bank_transfer' }), 'cancel')
    pay(shop, olga, order, 500)
    expect(now(shop, order)).toMatchObject({ charged_minor: 0, needs_review: 'Money waits for a decision' })
    expect(listEntriesOfOrder(shop.db, order.id)).toMatchObject([{ state: 'open', trouble: 'after_cancel' }])
  })
})

describe('money that waits for a decision', () => {
  it('is not entered again by whoever comes second', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const max = givenStaff(shop, 'manager', 'Max')
    const order = step(shop, olga, givenOrder(shop, { payment: 'bank_transfer' }), 'cancel')
    pay(shop, olga, order, 500)
    expect(() => pay(shop, max, order, 500)).toThrow('€5.00 for order #1001 was entered already')
    pay(shop, max, order, 501)
    const [entry] = listEntriesOfOrder(shop.db, order.id)
    shop.write((work) => settleMatter(work, { entryId: existing(entry).id, decision: 'keep', actor: olga }))
    pay(shop, max, order, 500)
    expect(listEntriesOfOrder(shop.db, order.id).map((row) => row.amount_minor)).toEqual([500, 501, 500])
  })

  it('leaves the mark that stood there, and is behind it', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const placed = givenOrder(shop)
    const order = step(shop, olga, placed, 'accept', 'pack', 'dispatch', 'deliver', 'mark_paid')
    const ana = { kind: 'customer', id: order.person_id, name: 'Ana', source: 'chat' } as const
    shop.write((work) => askRefund(work, { orderId: order.id, words: 'It is broken.', actor: ana }))
    pay(shop, olga, order, 500)
    expect(now(shop, order).needs_review).toBe('The customer asks for the money back')
    const clear = () => shop.write((work) => clearReview(work, { orderId: order.id, actor: olga }))
    clear()
    expect(now(shop, order).needs_review).toBe('Money waits for a decision')
    expect(clear).toThrow('Say first what becomes of the money.')
    const entryId = existing(listEntriesOfOrder(shop.db, order.id).at(-1)).id
    shop.write((work) => settleMatter(work, { entryId, decision: 'keep', actor: olga }))
    expect(now(shop, order).needs_review).toBeNull()
  })

  it('does not take the mark of a request for the money with it', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const placed = givenOrder(shop)
    const order = step(shop, olga, placed, 'accept', 'pack', 'dispatch', 'deliver', 'mark_paid')
    const ana = { kind: 'customer', id: order.person_id, name: 'Ana', source: 'chat' } as const
    shop.write((work) => askRefund(work, { orderId: order.id, words: 'It is broken.', actor: ana }))
    pay(shop, olga, order, 500)
    const entryId = existing(listEntriesOfOrder(shop.db, order.id).at(-1)).id
    shop.write((work) => settleMatter(work, { entryId, decision: 'keep', actor: olga }))
    expect(now(shop, order).needs_review).toBe('The customer asks for the money back')
    const { id: orderId, version, total_minor: amountMinor } = now(shop, order)
    shop.write((work) => refundOrder(work, { orderId, version, amountMinor, actor: olga }))
    expect(now(shop, order).needs_review).toBeNull()
  })
})

describe('money entered by mistake', () => {
  const reason = 'It was for another order.'

  it('is taken back: the order owes it again, has its time again, and nobody is chased to accept it', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = givenOrder(shop, { payment: 'bank_transfer' })
    pay(shop, olga, order, order.total_minor)
    expect(findEscalation(shop.db, order.id)).toBeDefined()
    const [entry] = listEntriesOfOrder(shop.db, order.id)
    const command = { entryId: existing(entry).id, reason, actor: olga }
    shop.clock.advance(72 * 3_600_000)
    expect(() => shop.write((work) => voidPayment(work, { ...command, reason: ' ' }))).toThrow('Say what')
    shop.write((work) => voidPayment(work, command))
    expect(now(shop, order)).toMatchObject({ payment: 'pending', stage: 'unpaid', charged_minor: 0 })
    expect(now(shop, order).expires_at).toBe(shop.clock.now() + 48 * 3_600_000)
    expect(findEscalation(shop.db, order.id)).toBeUndefined()
    shop.write((work) => voidPayment(work, command))
    expect(types(shop, order)).toEqual(['placed', 'paid', 'payment_voided'])
    expect(recountShop(shop.db)).toEqual([])
  })

  it('marks an order that is being worked on', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = givenOrder(shop, { payment: 'bank_transfer' })
    pay(shop, olga, order, order.total_minor)
    step(shop, olga, now(shop, order), 'accept', 'pack')
    const [entry] = listEntriesOfOrder(shop.db, order.id)
    shop.write((work) => voidPayment(work, { entryId: existing(entry).id, reason, actor: olga }))
    expect(now(shop, order)).toMatchObject({
      fulfilment: 'packing',
      needs_review: 'It is not paid after all',
    })
  })

  it('that never counted only leaves its wait for a decision', () => {
    const shop = givenShop()
    const olga = givenStaff(shop)
    const order = step(shop, olga, givenOrder(shop, { payment: 'bank_transfer' }), 'cancel')
    pay(shop, olga, order, 500)
    const [entry] = listEntriesOfOrder(shop.db, order.id)
    shop.write((work) => voidPayment(work, { entryId: existing(entry).id, reason, actor: olga }))
    expect(now(shop, order).needs_review).toBeNull()
    expect(listEntriesOfOrder(shop.db, order.id)).toMatchObject([{ state: 'void', trouble: null }])
  })
})
