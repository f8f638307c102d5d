import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a notice carries so that the browser that got it, and nobody else, can report it as shown: 16 characters. */
export function makeReceipt(secret: string, noticeId: number): string {
  return createHmac('sha256', secret).update(String(noticeId)).digest('base64url').slice(0, 16)
}

/** Whether the receipt is the notice's own, found out in constant time. */
export function checkReceipt(secret: string, noticeId: number, receipt: string): boolean {
  const expected = Buffer.from(makeReceipt(secret, noticeId))
  const given = Buffer.from(receipt)
  return given.length === expected.length && timingSafeEqual(given, expected)
}
