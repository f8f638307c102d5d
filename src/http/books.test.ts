import { expect, it } from 'vitest'
import { givenOrder, givenShop, givenStaff, step } from '../../tests/given.ts'
import { givenApi } from '../../tests/given-api.ts'
import type { Role } from '../db/schema.ts'
import { sql } from '../db/statement.ts'
import { checkBooks } from '../shop/payments/books/check-books.ts'
import type { Books } from './contract/money.ts'

const DAY_MS = 86_400_000

function givenBooks() {
  const { shop, staff } = givenApi({ shop: givenShop({ undoGraceMs: 0, timezone: 'Europe/Lisbon' }) })
  return { shop, as: (role: Role) => staff(role).call<Books> }
}

it('checks with a button, shows what differs, and lets it be settled', async () => {
  const { shop, as } = givenBooks()
  const call = as('manager')
  const order = givenOrder(shop, { payment: 'bank_transfer' })
  shop.db.write((tx) =>
    tx.run(sql.updateTable('orders').set({ fulfilment: 'packing' }).where('id', '=', order.id)),
  )
  expect((await call('GET', '/money/books')).body).toMatchObject({ checkedAt: null, checking: false })
  expect((await call('POST', '/money/check')).body).toMatchObject({ checking: true, differences: [] })
  await checkBooks(shop)
  const { body } = await call('GET', '/money/books')
  expect(body).toMatchObject({
    checkedAt: shop.clock.now(),
    checking: false,
    compared: [{ source: 'inside', rows: 1, trouble: null }],
    differences: [{ kind: 'order_without_money', orderNumber: order.id, provider: null }],
  })
  const path = `/money/differences/${body.differences[0]?.id}/settle`
  expect((await call('POST', path)).body.differences).toEqual([])
  expect((await call('POST', path)).status).toBe(409)
  expect((await call('POST', '/money/differences/999/settle')).status).toBe(404)
})

it('sums each of thirty days as the shop counts its days, without what was entered by mistake', async () => {
  const { shop, as } = givenBooks()
  const staff = givenStaff(shop)
  const pay = () => step(shop, staff, givenOrder(shop, { payment: 'bank_transfer' }), 'mark_paid')
  pay()
  shop.clock.advance(31 * DAY_MS)
  pay()
  pay()
  const undone = pay()
  shop.db.write((tx) =>
    tx.run(sql.updateTable('ledger').set({ state: 'void' }).where('order_id', '=', undone.id)),
  )
  shop.clock.advance(DAY_MS)
  pay()
  const { body } = await as('owner')('GET', '/money/books')
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  const of = { provider: 'transfer', currency: 'EUR', refundedMinor: 0, refunds: 0 }
  expect(body.days).toEqual([
    { ...of, day: day(shop.clock.now()), chargedMinor: 2990, charges: 1 },
    { ...of, day: day(shop.clock.now() - DAY_MS), chargedMinor: 5980, charges: 2 },
  ])
})

it('is not for packers', async () => {
  const call = givenApi().staff('packer').call
  expect((await call('GET', '/money/books')).status).toBe(403)
  expect((await call('POST', '/money/check')).status).toBe(403)
  expect((await call('POST', '/money/differences/1/settle')).status).toBe(403)
})
