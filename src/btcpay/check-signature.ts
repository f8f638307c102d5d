import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whether BTCPay Server signed these very bytes (its header BTCPay-Sig: sha256=<hex>); compared in constant time. */
export function isSigned(body: Uint8Array, header: string | undefined, secret: string): boolean {
  const given = Buffer.from(header ?? '')
  const right = Buffer.from(`sha256=${createHmac('sha256', secret).update(body).digest('hex')}`)
  return given.length === right.length && timingSafeEqual(given, right)
}
