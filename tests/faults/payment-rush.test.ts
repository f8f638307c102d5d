import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tellBot } from '../../sandbox/telegram/people.ts'
import { savePaymentMethod } from '../../src/db/checkout.ts'
import { openDatabase } from '../../src/db/database.ts'
import { listPendingUpdates, storeUpdate } from '../../src/db/inbox.ts'
import { listPaymentRequests } from '../../src/db/payment-requests.ts'
import { findPersonByTelegramId } from '../../src/db/people.ts'
import { settableClock } from '../../src/lib/clock.ts'
import { placeOrder } from '../../src/shop/orders/place-order.ts'
import { existing, givenCheckout, givenVariant } from '../given.ts'
import { givenApp } from '../given-app.ts'

const ANA = { id: 501, firstName: 'Ana', languageCode: 'en' }
const CROWD = 300
const ENV = { PAYMENT_PROVIDER_TOKEN: '123456789:TEST:sandbox-provider' }

/** A shop with an order of Ana's that waits to be paid by card. Time stands still: how soon a payment is answered is what it overtakes. */
async function givenUnpaid() {
  const clock = settableClock()
  const shop = await givenApp({ env: ENV, telegram: { flood: false }, clock })
  const ana = shop.telegram.person(ANA)
  await ana.send('/start')
  await ana.sees(/Welcome/)
  const { app } = shop
  app.shop.db.write((tx) => savePaymentMethod(tx, { kind: 'telegram', instructions: '', active: 1 }))
  const person = existing(findPersonByTelegramId(app.shop.db, ANA.id))
  const variantId = givenVariant(app.shop)
  const checkout = givenCheckout(app.shop, { person, variantId, payment: 'telegram', delivery: 1 })
  const order = app.shop.write((work) => placeOrder(work, checkout))
  const payload = existing(listPaymentRequests(app.shop.db, order.id)[0]?.reference)
  const purchase = { payload, amount: order.total_minor, currency: 'EUR' }
  return { shop, clock, telegram: shop.telegram, app, ana, purchase }
}

test('a payment is answered while hundreds wait, who are all answered, each in their order', async () => {
  const { telegram, ana, app, purchase } = await givenUnpaid()
  const crowd = Array.from({ length: CROWD }, (_, n) =>
    telegram.person({ id: 1_000 + n, firstName: `P${n}` }),
  )
  for (const person of crowd) {
    await person.send('/start')
    await person.send('/help')
  }
  expect(await ana.asksToPay(purchase)).toEqual({ status: 'agreed' })
  const answered = crowd.filter((person) => person.screen() !== undefined).length
  expect(answered, 'the payment overtook most of the crowd').toBeLessThan(CROWD / 2)
  await telegram.idle()
  await app.settled()
  for (const person of crowd) expect(person.screen()?.text).toContain('How it works')
})

test('what Telegram asked an earlier process is answered while that is of use, and forgotten after that', async () => {
  const { shop, clock, purchase } = await givenUnpaid()
  const { payload: invoice_payload, amount: total_amount, currency } = purchase
  await shop.stop()
  const file = openDatabase(join(shop.config.dataDir, 'shop.db'))
  const left = (updateId: number, ageMs: number) => {
    const from = { id: ANA.id, is_bot: false, first_name: 'Ana' }
    const pre_checkout_query = { id: `q${updateId}`, from, currency, total_amount, invoice_payload }
    const payload = JSON.stringify({ update_id: updateId, pre_checkout_query })
    file.write((tx) => storeUpdate(tx, { updateId, payload, now: clock.now() - ageMs }))
  }
  left(1, 60_000)
  left(2, 0)
  file.close()
  await shop.start()
  await shop.app.settled()
  const answered = shop.telegram.calls('answerPreCheckoutQuery').map((call) => call.params)
  expect(answered).toMatchObject([{ pre_checkout_query_id: 'q2' }])
  await shop.stop()
  const after = openDatabase(join(shop.config.dataDir, 'shop.db'))
  expect(listPendingUpdates(after)).toEqual([])
  after.close()
})

test('an answer that is lost on the way is given again; without the database nothing is taken', async () => {
  const { telegram, ana, app, purchase } = await givenUnpaid()
  telegram.faults.answerNext({ method: 'answerPreCheckoutQuery', with: 'cut', count: 1 })
  expect(await ana.asksToPay(purchase)).toEqual({ status: 'agreed' })
  app.shop.db.first = () => {
    throw new Error('disk I/O error')
  }
  expect(await ana.asksToPay(purchase)).toMatchObject({
    status: 'refused',
    error: expect.stringContaining('nothing was taken'),
  })
})

test('a delivery address that Telegram asks about is not for this shop', async () => {
  const { telegram } = await givenUnpaid()
  const from = { id: ANA.id, is_bot: false, first_name: 'Ana' }
  const shipping_address = {
    country_code: 'PT',
    state: '',
    city: 'Lisbon',
    street_line1: 'Rua Nova 1',
    street_line2: '',
    post_code: '1100',
  }
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const id = telegram.sandbox.queries.open('shipping', 10_000, resolve)
  tellBot(telegram.sandbox, { shipping_query: { id, from, invoice_payload: 'x', shipping_address } })
  expect(await promise).toMatchObject({ ok: false, error: expect.stringContaining('address in the chat') })
})
