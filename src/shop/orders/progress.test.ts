import { describe, expect, it } from 'vitest'
import { givenOrder, givenShop, givenStaff, givenVariant, step } from '../../../tests/given.ts'
import type { OrderRow } from '../../db/orders.ts'
import { sql } from '../../db/statement.ts'
import { loadTexts } from '../../lib/texts.ts'
import { allowedSteps, needsOf } from './machine.ts'
import { isDigital, isPickup, progressLine, stateWord, wordFor } from './progress.ts'

const texts = loadTexts()

function ways() {
  const shop = givenShop()
  const staff = givenStaff(shop)
  const sent = (order: ReturnType<typeof givenOrder>) =>
    step(shop, staff, order, 'accept', 'pack', 'dispatch')
  const brought = sent(givenOrder(shop))
  const fetched = sent(givenOrder(shop, { delivery: 1 }))
  const variantId = givenVariant(shop)
  shop.db.write((tx) => {
    tx.run(sql.updateTable('products').set({ digital: 1 }))
    tx.run(sql.updateTable('payment_methods').set({ active: 1 }))
  })
  const unpaid = givenOrder(shop, { variantId, payment: 'bank_transfer' })
  const paid = step(shop, staff, unpaid, 'mark_paid')
  return { brought, fetched, unpaid, paid, digital: sent(paid) }
}

describe('the words for an order', () => {
  it('depend on whether it is brought, fetched, or comes as a message', () => {
    const { brought, fetched, digital } = ways()
    const states = [brought, fetched, digital].map((order) => stateWord(texts, 'en', order))
    expect(states).toEqual(['On its way', 'Ready for pickup', 'Sent'])
    expect([brought, fetched, digital].map(isPickup)).toEqual([false, true, false])
    expect([brought, fetched, digital].map(isDigital)).toEqual([false, false, true])
    const line = progressLine(texts, 'en', digital).replaceAll('\u00a0', ' ')
    expect(line).toContain('● <b>Sent</b> ○ Delivered')
  })

  it('say what is waited for, by the way to pay', () => {
    const { brought, fetched, unpaid } = ways()
    const word = (order: OrderRow) => texts.say('en', wordFor(`payment-${order.payment}`, order))
    expect(word(unpaid)).toBe('Waiting for the transfer')
    expect(word({ ...unpaid, payment_method: 'telegram' })).toBe('Waiting for payment')
    expect([brought, fetched].map(word)).toEqual(['To be paid on delivery', 'To be paid at pickup'])
    expect(texts.say('en', wordFor('pay-cash_on_delivery', fetched))).toBe('Cash or card at pickup')
  })

  it('exist for every step, state and notice they name', () => {
    const { brought, fetched, digital } = ways()
    const ids = ['step-dispatch', 'step-deliver', 'state-dispatched', 'state-delivered']
    ids.push('progress-dispatched', 'progress-delivered', 'order_dispatched', 'order_delivered')
    for (const order of [brought, fetched, digital]) {
      const said = { number: '1', progress: 'P' }
      for (const id of ids) expect(texts.say('en', wordFor(id, order), said)).not.toBe('')
    }
    expect(wordFor('step-accept', fetched)).toBe('step-accept')
  })
})

describe('an order of digital goods', () => {
  it('has no delivery, no address, and is sent without a tracking number', () => {
    const { unpaid, paid } = ways()
    expect(unpaid).toMatchObject({
      delivery_method: 'Digital',
      delivery_minor: 0,
      address: null,
      total_minor: 2500,
    })
    expect(allowedSteps(paid, { kind: 'staff', role: 'packer' })).toEqual(['accept'])
    expect(needsOf('dispatch', paid)).toBeUndefined()
  })
})
