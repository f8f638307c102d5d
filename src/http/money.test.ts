import { expect, it } from 'vitest'
import { existing, givenOrder, givenShop, step } from '../../tests/given.ts'
import { givenApi } from '../../tests/given-api.ts'
import { cancel, givenBank, orderNow, pay, refundsOf, TOTAL } from '../../tests/given-money.ts'
import type { LedgerEntry, MoneyMatters } from './contract/money.ts'
import type { OrderDetail } from './contract/order.ts'
import type { Problem } from './contract/problem.ts'

function givenDesk() {
  const { shop, staff } = givenApi({ shop: givenShop({}, { online: [givenBank()] }) })
  const people = { olga: staff('owner', 'Olga'), pete: staff('packer', 'Pete') }
  return { shop, order: givenOrder(shop, { payment: 'bank_transfer' }), ...people }
}

it('gives money back once with one key, and says what is left', async () => {
  const { shop, order, olga, pete } = givenDesk()
  pay(shop, order)
  const path = `/orders/${order.id}/refunds`
  const { version } = orderNow(shop, order)
  const body = { amountMinor: 1000, version, reason: 'Scratched' }
  expect((await pete.call('POST', path, body)).status).toBe(403)
  const tooMuch = await olga.call<Problem>('POST', path, { ...body, amountMinor: TOTAL + 1 })
  expect(tooMuch).toMatchObject({ status: 400, body: { field: 'amountMinor' } })
  for (let i = 0; i < 2; i++) {
    const { status, body: detail } = await olga.call<OrderDetail>('POST', path, body, 'refund-key-1')
    expect(status).toBe(200)
    expect(detail.money).toMatchObject({ refundableMinor: TOTAL - 1000, refundedMinor: 0, mayRefund: true })
    expect(detail.money.entries[1]).toMatchObject({
      kind: 'refund',
      state: 'wanted',
      reason: 'Scratched',
      actions: ['refund_by_hand', 'call_off'],
    })
  }
  expect(refundsOf(shop, order)).toHaveLength(1)
  const stale = await olga.call('POST', path, { amountMinor: 5, version })
  expect(stale.status).toBe(409)
})

it('takes a refund over by hand, calls it off, and confirms one', async () => {
  const { shop, order, olga, pete } = givenDesk()
  pay(shop, order)
  const refund = async (amountMinor: number) => {
    const { version } = orderNow(shop, order)
    const { body } = await olga.call<OrderDetail>('POST', `/orders/${order.id}/refunds`, {
      amountMinor,
      version,
    })
    return existing(body.money.entries.at(-1)).id
  }
  const [first, second] = [await refund(1000), await refund(500)]
  const act = (id: number, action: string, body?: unknown) =>
    olga.call<LedgerEntry>('POST', `/money/entries/${id}/${action}`, body)
  expect((await pete.call('POST', `/money/entries/${first}/call-off`)).status).toBe(403)
  expect((await act(first, 'call-off')).body.state).toBe('void')
  expect((await act(first, 'retry-refund')).status).toBe(409)
  expect((await act(999, 'call-off')).status).toBe(404)
  const waiting = async () => (await olga.call<MoneyMatters>('GET', '/money/matters')).body
  expect((await waiting()).underWay).toMatchObject([{ id: second, state: 'wanted' }])
  expect((await act(second, 'refund-by-hand')).body).toMatchObject({
    state: 'by_hand',
    actions: ['confirm_refund', 'call_off'],
  })
  const matters = await waiting()
  expect(matters.entries.map((entry) => entry.id)).toEqual([second])
  expect(matters.underWay).toEqual([])
  const done = await act(second, 'confirm-refund', { reference: 'SEPA 1', note: 'From the savings account' })
  expect(done.body).toMatchObject({ state: 'done', actions: [] })
  expect(orderNow(shop, order)).toMatchObject({ payment: 'partly_refunded', refunded_minor: 500 })
})

it('lists what waits for a decision, and takes it', async () => {
  const { shop, order, olga, pete } = givenDesk()
  pay(shop, order)
  const twice = pay(shop, order)
  const other = givenOrder(shop, { payment: 'bank_transfer' })
  step(shop, olga.actor, other, 'mark_paid')
  cancel(shop, olga.actor, other, { money: 'later' })
  const { body: before } = await olga.call<MoneyMatters>('GET', '/money/matters')
  expect(before.entries).toMatchObject([
    { id: twice, trouble: 'paid_twice', actions: ['refund', 'keep'], orderNumber: order.id },
  ])
  expect(before.orders).toMatchObject([
    { orderNumber: other.id, amountMinor: TOTAL, currency: 'EUR', actions: ['refund', 'keep'] },
  ])
  expect((await pete.call('GET', '/money/matters')).status).toBe(403)
  const settle = (id: number, body: unknown) =>
    olga.call<LedgerEntry>('POST', `/money/entries/${id}/settle`, body)
  expect((await settle(twice, { decision: 'burn' })).status).toBe(400)
  expect((await settle(twice, { decision: 'apply' })).status).toBe(409)
  expect((await settle(twice, { decision: 'keep', words: 'For the next one' })).body.state).toBe('kept')
  const path = `/orders/${other.id}/settle-money`
  expect((await pete.call('POST', path, { decision: 'keep' })).status).toBe(403)
  const { body: kept } = await olga.call<OrderDetail>('POST', path, { decision: 'keep' })
  expect(kept).toMatchObject({ needsReview: null, money: { undecidedMinor: 0 } })
  const { body: after } = await olga.call<MoneyMatters>('GET', '/money/matters')
  expect([after.entries, after.orders]).toEqual([[], []])
})

it('does without the rest of what is owed', async () => {
  const { shop, order, olga, pete } = givenDesk()
  pay(shop, order, { provider: 'transfer', amountMinor: 1000 })
  const body = { version: orderNow(shop, order).version, reason: 'An old friend' }
  const path = `/orders/${order.id}/waive-rest`
  expect((await pete.call('POST', path, body)).status).toBe(403)
  const { body: waived } = await olga.call<OrderDetail>('POST', path, body)
  expect(waived).toMatchObject({ payment: 'paid', money: { waivedMinor: TOTAL - 1000, dueMinor: 0 } })
  expect((await olga.call('POST', path, { ...body, version: waived.version })).status).toBe(409)
})

it('asks what becomes of the money before a paid order is cancelled', async () => {
  const { shop, order, olga } = givenDesk()
  pay(shop, order)
  const body = { step: 'cancel', version: orderNow(shop, order).version, reason: 'Sold out' }
  const path = `/orders/${order.id}/steps`
  const asked = await olga.call<Problem>('POST', path, body)
  expect(asked).toMatchObject({ status: 400, body: { field: 'money' } })
  expect(orderNow(shop, order).fulfilment).toBe('placed')
  const { body: cancelled } = await olga.call<OrderDetail>('POST', path, { ...body, money: 'refund' })
  expect(cancelled).toMatchObject({ fulfilment: 'cancelled', money: { refundableMinor: 0 } })
})
