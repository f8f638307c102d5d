import { expect, it } from 'vitest'
import { givenOrder, givenShop, type TestShop } from '../../../tests/given.ts'
import { findEntry } from '../../db/ledger.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { applyStoredCharges } from './apply-stored-charges.ts'
import { storeCharge } from './store-charge.ts'

function stored(shop: TestShop, order: OrderRow): number {
  return shop.write((work) =>
    storeCharge(work, {
      provider: 'btcpay',
      reference: `inv-${order.id}`,
      orderId: order.id,
      personId: order.person_id,
      amountMinor: order.total_minor,
      currency: 'EUR',
      orderMinor: order.total_minor,
      at: work.now,
      raw: '{}',
    }),
  )
}

it('applies what a crash left, once', () => {
  const shop = givenShop()
  const order = givenOrder(shop, { payment: 'bank_transfer' })
  const id = stored(shop, order)
  expect(findEntry(shop.db, id)?.state).toBe('received')
  expect([applyStoredCharges(shop), applyStoredCharges(shop)]).toEqual([1, 0])
  expect(findEntry(shop.db, id)?.state).toBe('applied')
  expect(findOrder(shop.db, order.id)).toMatchObject({ payment: 'paid', charged_minor: order.total_minor })
})

it('goes on with the others when one cannot be applied, and says so', () => {
  const shop = givenShop()
  const [broken, fine] = [1, 2].map(() => givenOrder(shop, { payment: 'bank_transfer' })) as [
    OrderRow,
    OrderRow,
  ]
  const [brokenId] = [stored(shop, broken), stored(shop, fine)]
  const when = `before update on ledger when old.id = ${brokenId}`
  const trigger = {
    sql: `create trigger broken ${when} begin select raise(abort, 'broken'); end`,
    values: [],
  }
  shop.db.write((tx) => tx.run(trigger))
  expect(() => applyStoredCharges(shop)).toThrow('broken')
  expect(findOrder(shop.db, fine.id)?.payment).toBe('paid')
  expect(findEntry(shop.db, brokenId)?.state).toBe('received')
})
