import { Hono } from 'hono'
import { readReceipt } from '../../shop/payments/receipt/read-receipt.ts'
import type { HttpDeps } from '../deps.ts'
import { gonePage, receiptPage } from '../receipt-page.ts'
import { RECEIPT_STYLE_HASH } from '../receipt-style.ts'

const HEADERS = {
  'cache-control': 'private, no-store',
  'content-security-policy': `default-src 'none'; style-src '${RECEIPT_STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
}

/** The page that shows a customer what an order cost and how it was paid, to whoever has its link. */
export function orderReceiptRoutes({ shop }: Pick<HttpDeps, 'shop'>) {
  const routes = new Hono()
  routes.get('/receipts/:number{[1-9][0-9]{0,14}}/:token', (c) => {
    for (const [name, value] of Object.entries(HEADERS)) c.header(name, value)
    const orderId = Number(c.req.param('number'))
    const isOpen = shop.receipts?.opens(orderId, c.req.param('token'))
    const receipt = isOpen ? readReceipt(shop, orderId) : undefined
    if (!receipt) return c.html(gonePage(shop.texts.say('en', 'receipt-gone')), 404)
    return c.html(receiptPage(receipt, shop.texts))
  })
  return routes
}
