import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase } from '../src/db/database.ts'
import { addPaymentRequest } from '../src/db/payment-requests.ts'
import { sql } from '../src/db/statement.ts'
import { startChild } from './child.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { quantile, type Result, type Size, spread } from './measure.ts'
import type { PreCheckoutLoad } from './pre-checkout-sandbox.ts'

/** One of those that wait: nothing of it is paid. */
const ORDER = 1020
const BUYER_ID = 2
const BUYER = 500_002
const HOUR_MS = 3_600_000
const SIZES = {
  full: { rounds: 12, crowd: 2_000 },
  quick: { rounds: 3, crowd: 2_000 },
  smallest: { rounds: 1, crowd: 20 },
}
const PURCHASE = { payload: `o${ORDER}-bench`, amount: 1500, currency: 'EUR' }

interface SandboxHello {
  token: string
  apiRoot: string
}

/** How long a customer stands before the payment sheet while 1,000 other updates wait, against a bot that only says yes. */
export function benchPreCheckout(size: Size): Promise<Result[]> {
  const { rounds, crowd } = SIZES[size]
  return inFolder(async (folder) => {
    const data = join(folder, 'data')
    mkdirSync(data)
    fillShop(join(data, 'shop.db'), { orders: 100 })
    askForMoney(join(data, 'shop.db'))
    const sandbox = await startChild<SandboxHello[]>('pre-checkout-sandbox.ts', [String(crowd)])
    const [ours, theirs] = sandbox.hello as [SandboxHello, SandboxHello]
    const shop = await startChild('chat-shop.ts', [data, ours.token, ours.apiRoot])
    const floor = await startChild('pre-checkout-floor.ts', [theirs.token, theirs.apiRoot])
    const waits: [number[], number[]] = [[], []]
    for (let round = 0; round <= rounds; round++) {
      for (const side of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        const load: PreCheckoutLoad = { side, buyer: BUYER, purchase: PURCHASE }
        const took = await sandbox.ask<number[]>(load)
        // The first round warms everything up.
        if (round > 0) waits[side].push(...took)
      }
    }
    for (const child of [shop, floor, sandbox]) await child.stop()
    return [toResult(...waits)]
  })
}

/** An order that waits for its money, by an invoice that is open. */
function askForMoney(file: string): void {
  const db = openDatabase(file)
  const now = Date.now()
  db.write((tx) => {
    const waits = {
      person_id: BUYER_ID,
      payment_method: 'telegram',
      payment: 'pending',
      fulfilment: 'placed',
    } as const
    const price = { items_minor: 1500, delivery_minor: 0, total_minor: 1500, expires_at: now + 24 * HOUR_MS }
    tx.run(
      sql
        .updateTable('orders')
        .set({ ...waits, ...price })
        .where('id', '=', ORDER),
    )
    addPaymentRequest(tx, {
      orderId: ORDER,
      provider: 'telegram',
      reference: PURCHASE.payload,
      amountMinor: PURCHASE.amount,
      currency: PURCHASE.currency,
      orderMinor: PURCHASE.amount,
      state: 'open',
      expiresAt: now + 24 * HOUR_MS,
      checkAt: null,
      now,
    })
  })
  db.close()
}

function toResult(shop: number[], floor: number[]): Result {
  const [ours, theirs] = [quantile(shop, 0.99), quantile(floor, 0.99)]
  const words = (waits: number[]) =>
    `p50 ${quantile(waits, 0.5).toFixed(1)} ms, p99 ${quantile(waits, 0.99).toFixed(1)} ms`
  return {
    ...spread('a payment is answered while 1,000 others wait, p99', shop),
    unit: 'ms',
    value: ours,
    goal: 50,
    aim: 20,
    better: 'low',
    timesFloor: ours / theirs,
    shop: words(shop),
    floor: words(floor),
  }
}
