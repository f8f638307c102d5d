import { expect, it } from 'vitest'
import {
  existing,
  givenOrder,
  givenPerson,
  givenShop,
  givenStaff,
  givenVariant,
  step,
} from '../../tests/given.ts'
import { suiteLog } from '../../tests/suite-log.ts'
import { addEntry } from '../db/ledger.ts'
import { sql } from '../db/statement.ts'
import { createMetrics } from '../lib/metrics.ts'
import { receiptLinks } from '../shop/payments/receipt/receipt-links.ts'
import type { ShopSettings } from '../shop/work.ts'
import { answerProblems } from './middleware/problems.ts'
import { orderReceiptRoutes } from './routes/receipts.ts'

function givenReceipts(settings: Partial<ShopSettings> = {}) {
  const shop = {
    ...givenShop({ undoGraceMs: 0, ...settings }),
    receipts: receiptLinks('https://shop.example', 'a secret'),
  }
  const routes = orderReceiptRoutes({ shop })
  routes.onError(answerProblems({ log: suiteLog(), metrics: createMetrics() }))
  const open = (path: string) => routes.request(path)
  const pathOf = (orderId: number) => new URL(shop.receipts.urlOf(orderId)).pathname
  return { shop, open, pathOf }
}

const textOf = (html: string) =>
  html
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')

it('shows what was ordered, paid and given back, and says nothing of where the customer lives', async () => {
  const { shop, open, pathOf } = givenReceipts()
  const variantId = givenVariant(shop, 10, 1250, '<img src=x> "Mug" & saucer')
  const placed = givenOrder(shop, { variantId, quantity: 2, payment: 'bank_transfer' })
  const waiting = textOf(await (await open(pathOf(placed.id))).text())
  expect(waiting).toContain('Still to pay €29.90')
  const paid = step(shop, givenStaff(shop), placed, 'mark_paid')
  const response = await open(pathOf(paid.id))
  expect(response.status).toBe(200)
  const html = await response.text()
  expect(html).not.toMatch(/<script|<img|Rua Nova|912 345|\s(src|href)="/)
  const text = textOf(html)
  expect(text).toContain(`Receipt for order #${paid.id}`)
  expect(text).toContain('2 × &lt;img src=x&gt; &quot;Mug&quot; &amp; saucer €12.50 each €25.00')
  expect(text).toContain('Delivery: Courier €4.90')
  expect(text).toContain('Total €29.90')
  expect(text).toMatch(/Bank transfer \w+ \d+, \d{4} €29\.90/)
  expect(text).toContain('Nothing is left to pay.')
  expect(text).not.toContain('by-hand:')
})

it('of what comes as a message names no delivery', async () => {
  const { shop, open, pathOf } = givenReceipts()
  const variantId = givenVariant(shop)
  shop.db.write((tx) => {
    tx.run(sql.updateTable('products').set({ digital: 1 }))
    tx.run(sql.updateTable('payment_methods').set({ active: 1 }))
  })
  const order = givenOrder(shop, { variantId, payment: 'bank_transfer' })
  const text = textOf(await (await open(pathOf(order.id))).text())
  expect(text).toContain('Still to pay')
  expect(text).not.toContain('Delivery')
})

it('lets nothing in and nothing out, and is kept by nobody', async () => {
  const { shop, open, pathOf } = givenReceipts()
  const { headers } = await open(pathOf(givenOrder(shop).id))
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('cache-control')).toBe('private, no-store')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('x-robots-tag')).toContain('noindex')
})

it('opens only with its own token, whoever guesses', async () => {
  const { shop, open, pathOf } = givenReceipts()
  const one = givenOrder(shop)
  const other = givenOrder(shop)
  const token = existing(pathOf(other.id).split('/').at(-1))
  const wrong = [
    `/receipts/${one.id}/${token}`,
    `/receipts/${one.id}/${token.slice(1)}`,
    `/receipts/${one.id}/`,
    `/receipts/0/${token}`,
    `/receipts/${other.id}.0/${token}`,
    pathOf(other.id + 1),
  ]
  for (const path of wrong) expect((await open(path)).status, path).toBe(404)
  // Whoever holds an old link is a customer in a browser.
  const gone = textOf(await (await open(existing(wrong[0]))).text())
  expect(gone).toContain('Please open your order in the chat with the shop')
  expect(gone).not.toContain('€')
  expect((await open(pathOf(other.id))).status).toBe(200)
})

it('writes any currency as its people do, and what was paid in another one with its worth', async () => {
  const { shop, open, pathOf } = givenReceipts({ currency: 'JPY' })
  const order = givenOrder(shop, { person: givenPerson(shop), payment: 'bank_transfer' })
  const now = shop.clock.now()
  const stars = {
    kind: 'charge',
    provider: 'stars',
    currency: 'XTR',
    amountMinor: 90,
    orderMinor: 100,
  } as const
  shop.db.write((tx) =>
    addEntry(tx, {
      ...stars,
      reference: 'a-long-reference-of-telegram-abc123',
      orderId: order.id,
      chargeId: null,
      personId: null,
      state: 'open',
      reason: null,
      raw: '{}',
      at: now,
      now,
      checkAt: null,
    }),
  )
  const text = textOf(await (await open(pathOf(order.id))).text())
  expect(text).toContain('Total ¥2,990')
  expect(text).toContain('· …abc123')
  expect(text).not.toContain('telegram-abc123')
  expect(text).toContain('The shop is looking at this payment. ⭐ 90 ¥100')
})
