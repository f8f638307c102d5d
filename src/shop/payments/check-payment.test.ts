import { describe, expect, it } from 'vitest'
import {
  existing,
  givenOrder,
  givenPerson,
  givenShop,
  givenStaff,
  step,
  type TestShop,
} from '../../../tests/given.ts'
import { savePaymentMethod } from '../../db/checkout.ts'
import { findOrder, type OrderRow } from '../../db/orders.ts'
import { listPaymentRequests } from '../../db/payment-requests.ts'
import { askAgain } from './ask-again.ts'
import { type AskedPayment, checkPayment } from './check-payment.ts'
import type { PaymentProvider } from './provider.ts'
import { takeCharge } from './store-charge.ts'
import { takeTelegramPayment } from './telegram-payment.ts'

const HOUR = 3_600_000

const CARD: PaymentProvider = {
  kind: 'telegram',
  ledger: 'telegram',
  windowMs: HOUR,
  online: { kind: 'telegram', quote: (_db, amountMinor, currency) => ({ amountMinor, currency }) },
}

/** An order of two mugs, for €29.90, that waits to be paid by card; `ask` is what Telegram asks about it. */
function givenInvoice() {
  const shop = givenShop({}, { online: [CARD] })
  shop.db.write((tx) => savePaymentMethod(tx, { kind: 'telegram', instructions: '', active: 1 }))
  const person = givenPerson(shop)
  const order = givenOrder(shop, { person, payment: 'telegram' })
  const ask = (change: Partial<AskedPayment> = {}) => {
    const right = { amount: 2990, currency: 'EUR', fromTelegramId: person.telegram_id }
    const payload = payloadOf(shop, order)
    return checkPayment(shop.db, shop.clock.now(), { payload, ...right, ...change })?.reason
  }
  return { shop, order, person, ask }
}

function payloadOf(shop: TestShop, order: OrderRow): string {
  return existing(listPaymentRequests(shop.db, order.id).at(-1)?.reference)
}

const orderNow = (shop: TestShop, { id }: OrderRow) => existing(findOrder(shop.db, id))

describe('before money is taken', () => {
  it('what was asked for may be paid by who ordered, for so long as the order waits', () => {
    const { shop, ask } = givenInvoice()
    expect(ask()).toBeUndefined()
    shop.clock.advance(HOUR - 1)
    expect(ask()).toBeUndefined()
    shop.clock.advance(1)
    expect(ask()).toBe('expired')
  })

  it.each([
    [{ payload: 'o1001-forged' }, 'unknown'],
    [{ payload: '' }, 'unknown'],
    [{ fromTelegramId: 1 }, 'not_yours'],
    [{ amount: 2989 }, 'changed'],
    [{ amount: 2991 }, 'changed'],
    [{ currency: 'USD' }, 'changed'],
    [{ currency: 'XTR' }, 'changed'],
  ] as const)('%j is refused as %s', (change, reason) => {
    expect(givenInvoice().ask(change)).toBe(reason)
  })

  it('a cancelled order is not paid, nor one that is paid already', () => {
    const first = givenInvoice()
    step(first.shop, givenStaff(first.shop), first.order, 'cancel')
    expect(first.ask()).toBe('cancelled')

    const { shop, order, ask } = givenInvoice()
    const staff = givenStaff(shop)
    step(shop, staff, order, 'mark_paid')
    expect(ask()).toBe('paid')
    step(shop, staff, orderNow(shop, order), 'accept')
    expect(ask()).toBe('paid')
  })

  it('after a part has come another way, the whole is not taken again', () => {
    const { shop, order, person, ask } = givenInvoice()
    takeCharge(shop, {
      provider: 'transfer',
      reference: 'by-hand:1',
      orderId: order.id,
      personId: person.id,
      amountMinor: 1000,
      currency: 'EUR',
      orderMinor: 1000,
      at: shop.clock.now(),
      raw: '{}',
    })
    expect(ask()).toBe('changed')
    const actor = { kind: 'customer', id: person.id, name: 'Ana', source: 'chat' } as const
    shop.write((work) => askAgain(work, { orderId: order.id, actor }))
    expect(ask({ amount: 1990 })).toBeUndefined()
  })

  it('is one read', () => {
    const { shop, person, order } = givenInvoice()
    let reads = 0
    const counting = {
      ...shop.db,
      first: (...args: Parameters<typeof shop.db.first>) => {
        reads += 1
        return shop.db.first(...args)
      },
      all: () => {
        throw new Error('only one row is needed')
      },
    } as unknown as typeof shop.db
    const asked = { payload: payloadOf(shop, order), amount: 2990, currency: 'EUR' }
    expect(checkPayment(counting, 0, { ...asked, fromTelegramId: person.telegram_id })).toBeUndefined()
    expect(reads).toBe(1)
  })
})

describe('money from Telegram', () => {
  const paid = (payload: string, change = {}) => ({
    currency: 'EUR',
    total_amount: 2990,
    invoice_payload: payload,
    telegram_payment_charge_id: 't1',
    provider_payment_charge_id: 'p1',
    ...change,
  })

  it('counts for its order, once', () => {
    const { shop, order, person } = givenInvoice()
    const told = { payment: paid(payloadOf(shop, order)), from: person.telegram_id, at: shop.clock.now() }
    expect(takeTelegramPayment(shop, told)).toBe(order.id)
    expect(takeTelegramPayment(shop, told)).toBe(order.id)
    expect(orderNow(shop, order)).toMatchObject({ payment: 'paid', charged_minor: 2990 })
  })

  it('that names no order is nobody’s, and stays', () => {
    const { shop, person } = givenInvoice()
    const told = { payment: paid('something else'), from: person.telegram_id, at: shop.clock.now() }
    expect(takeTelegramPayment(shop, told)).toBeUndefined()
  })
})
