import { Hono } from 'hono'
import { z } from 'zod'
import { ShopError } from '../../lib/shop-error.ts'
import { keepProviderMessage } from '../../shop/payments/read-provider-messages.ts'
import type { HttpDeps } from '../deps.ts'

// A message that is sent again has another deliveryId, and the same originalDeliveryId.
const delivery = z.looseObject({
  deliveryId: z.string().min(1).max(200),
  originalDeliveryId: z.string().min(1).max(200).nullish(),
})

/** Where BTCPay Server posts what happens to invoices: checked as it came, stored, and answered before it is read. */
export function btcpayWebhookRoutes({ shop }: HttpDeps, btcpay: NonNullable<HttpDeps['btcpay']>) {
  const routes = new Hono()
  routes.post('/webhooks/btcpay', async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer())
    if (!btcpay.isSigned(body, c.req.header('btcpay-sig'))) {
      throw new ShopError('unauthorized', 'This is for BTCPay Server.')
    }
    const text = new TextDecoder().decode(body)
    const { deliveryId, originalDeliveryId } = read(text)
    keepProviderMessage(shop, { provider: 'btcpay', key: originalDeliveryId ?? deliveryId, body: text })
    btcpay.onMessage()
    return c.body(null, 200)
  })
  return routes
}

function read(text: string): z.infer<typeof delivery> {
  try {
    return delivery.parse(JSON.parse(text))
  } catch {
    throw new ShopError('invalid', 'This is not a delivery of BTCPay Server.')
  }
}
