import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startTelegram } from '../../sandbox/telegram/driver.ts'
import type { PersonDriver } from '../../sandbox/telegram/driver-person.ts'
import { savePaymentMethod } from '../../src/db/checkout.ts'
import { openDatabase } from '../../src/db/database.ts'
import { settableClock } from '../../src/lib/clock.ts'
import { givenFolder } from '../given.ts'
import { all, look } from './check-file.ts'
import { chooseSeed, seeded } from './random.ts'
import { FAST, startShop } from './shop-process.ts'
import { stockUp } from './stock-up.ts'
import { until } from './until.ts'

/** What the ledger says where the process is killed: after the news of a payment is stored, after the next change, and so on. */
const WINDOWS = ['not yet', 'received', 'applied', 'applied', 'applied']
const KILLS = Math.max(Number(process.env.KILLS ?? 0), WINDOWS.length)

/** Walks to a placed order that waits for a card, and to its invoice. */
async function orderByCard(customer: PersonDriver): Promise<void> {
  await customer.send('/start')
  for (const button of ['Shop', 'Everything else', /^Mug/, /^Add 1/, /Cart/, /^Check out/, /^Local delivery/])
    await customer.press(button)
  await customer.send('Rua Nova 1, Lisbon')
  await customer.sees(/phone/i)
  await customer.send('+351 912 345 678')
  for (const button of ['No note', 'Card, here in Telegram', /Place order/]) await customer.press(button)
  await until('the invoice', () => customer.messages().some((message) => message.invoice))
}

test(`a process killed while it is told of a payment, ${KILLS} times: each payment counts, once`, async () => {
  const seed = chooseSeed()
  console.info(`money kill: SEED=${seed} KILLS=${KILLS}`)
  const random = seeded(seed)
  // Its clock stands still: Telegram would not wait for a busy machine, which is slow, not wrong.
  const telegram = await startTelegram({ flood: false, clock: settableClock(Date.now()) })
  const data = join(givenFolder(), 'data')
  stockUp(data)
  const file = join(data, 'shop.db')
  const db = openDatabase(file)
  db.write((tx) => savePaymentMethod(tx, { kind: 'telegram', instructions: '', active: 1 }))
  db.close()
  const env = {
    DATA_DIR: data,
    BOT_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    PAYMENT_PROVIDER_TOKEN: '123456789:TEST:sandbox-provider',
    CLOCK_SPEED: '4',
    CLOCK_ORIGIN: String(Date.now()),
  }
  const paid: string[] = []
  const windows: string[] = []
  for (let i = 0; i < KILLS; i++) {
    const shop = await startShop(FAST, { ...env, END_AFTER_PAYMENT: String(i % WINDOWS.length) })
    const customer = telegram.person({ id: 501 + i, firstName: `Customer ${i}`, languageCode: 'en' })
    await orderByCard(customer)
    telegram.faults.duplicateUpdates(random.between(0, 2))
    const { status, payment } = await customer.pay()
    expect(status).toBe('paid')
    paid.push(payment?.telegram_payment_charge_id ?? '')
    await shop.ended
    windows.push(books(file).charges.find(({ reference }) => reference === paid.at(-1))?.state ?? 'not yet')
  }
  expect(windows, 'where it was killed').toEqual(paid.map((_, i) => WINDOWS[i % WINDOWS.length]))
  const shop = await startShop(FAST, env)
  await until('every payment counts', () => books(file).orders.every(({ payment }) => payment === 'paid'))
  await telegram.idle()
  await shop.end('SIGKILL')
  await telegram.stop()
  const { charges, orders } = books(file)
  expect(orders).toHaveLength(KILLS)
  expect(charges.map(({ reference }) => reference).sort()).toEqual(paid.sort())
  expect(charges.every(({ state }) => state === 'applied')).toBe(true)
})

function books(file: string) {
  const reader = look(file)
  const charges = all<{ reference: string; state: string }>(reader, 'select reference, state from ledger')
  const orders = all<{ payment: string }>(reader, 'select payment from orders')
  reader.close()
  return { charges, orders }
}
