import type { EndOfMoney } from '../../shop/payments/end-money.ts'

/** What the bot waits for in words. It is stored as JSON while it waits, so that a restart forgets nothing. */
export type Question =
  | { kind: 'address' }
  | { kind: 'phone' }
  | { kind: 'note' }
  | { kind: 'code' }
  | { kind: 'review'; orderId: number }
  | { kind: 'email'; orderId: number | null }
  | { kind: 'to_shop' | 'refund' | 'to_customer'; orderId: number }
  | { kind: 'receipt'; orderId: number }
  | { kind: 'paid_amount'; orderId: number; version: number }
  | { kind: 'proof_amount' | 'proof_reason'; proofId: number }
  | { kind: 'tracking'; orderId: number; version: number }
  | { kind: 'reason'; orderId: number; version: number; money?: EndOfMoney }
