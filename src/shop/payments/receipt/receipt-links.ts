import { checkReceipt, makeReceipt } from '../../../lib/receipt.ts'

/** The pages on which customers see what an order cost and how it was paid. */
export interface ReceiptLinks {
  urlOf(orderId: number): string
  /** Whether the token opens this order's page, found out in constant time. */
  opens(orderId: number, token: string): boolean
}

/** Links that nobody can guess: `secret` signs each order's number. `publicUrl` has no slash at the end. */
export function receiptLinks(publicUrl: string, secret: string): ReceiptLinks {
  return {
    urlOf: (orderId) => `${publicUrl}/receipts/${orderId}/${makeReceipt(secret, orderId)}`,
    opens: (orderId, token) => checkReceipt(secret, orderId, token),
  }
}
