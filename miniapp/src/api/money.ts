import type { Books, MoneyMatters, RefundBody } from '../../../src/http/contract/money.ts'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { sendBlob } from './http.ts'
import { command, request, withSession } from './request.ts'

/** A command's key of one's own: pressed again after no answer, it is still the same command. */
type Key = string

export function recordPayment(
  number: number,
  body: { amountMinor: number; version: number; note?: string },
  key: Key,
): Promise<OrderDetail> {
  return order(number, 'payments', body, key)
}

export function refundOrder(number: number, body: RefundBody, key: Key): Promise<OrderDetail> {
  return order(number, 'refunds', body, key)
}

export function waiveRest(
  number: number,
  body: { version: number; reason?: string },
  key: Key,
): Promise<OrderDetail> {
  return order(number, 'waive-rest', body, key)
}

export function approveProof(
  at: { number: number; proofId: number },
  amountMinor: number,
  key: Key,
): Promise<OrderDetail> {
  return order(at.number, `proofs/${at.proofId}/approve`, { amountMinor }, key)
}

export function rejectProof(
  at: { number: number; proofId: number },
  reason: string,
  key: Key,
): Promise<OrderDetail> {
  return order(at.number, `proofs/${at.proofId}/reject`, { reason }, key)
}

/** The receipt itself. It is fetched in the person's name, as an address alone would open nothing. */
export function fetchProofFile(number: number, proofId: number): Promise<Blob> {
  return withSession((token) => sendBlob(`/orders/${number}/proofs/${proofId}/file`, { token }))
}

export type Decision = 'apply' | 'refund' | 'keep'

export interface Settlement {
  decision: Decision
  /** Counts money that names no order for this one. */
  orderNumber?: number
  words?: string
}

export function settleMatter(entryId: number, settlement: Settlement, key: Key): Promise<unknown> {
  return entry(entryId, 'settle', settlement, key)
}

export function settleOrderMoney(
  number: number,
  settlement: { decision: 'refund' | 'keep'; words?: string },
  key: Key,
): Promise<OrderDetail> {
  return order(number, 'settle-money', settlement, key)
}

export function confirmRefund(entryId: number, key: Key): Promise<unknown> {
  return entry(entryId, 'confirm-refund', {}, key)
}

export function retryRefund(entryId: number, key: Key): Promise<unknown> {
  return entry(entryId, 'retry-refund', {}, key)
}

export function refundByHand(entryId: number, key: Key): Promise<unknown> {
  return entry(entryId, 'refund-by-hand', {}, key)
}

export function callOffRefund(entryId: number, key: Key): Promise<unknown> {
  return entry(entryId, 'call-off', {}, key)
}

export function voidPayment(entryId: number, reason: string, key: Key): Promise<unknown> {
  return entry(entryId, 'void', { reason }, key)
}

export function fetchMatters(): Promise<MoneyMatters> {
  return request<MoneyMatters>('/money/matters')
}

export function fetchBooks(): Promise<Books> {
  return request<Books>('/money/books')
}

export function checkBooks(): Promise<unknown> {
  return request('/money/check', { method: 'POST', body: {} })
}

export function settleDifference(id: number): Promise<unknown> {
  return request(`/money/differences/${id}/settle`, { method: 'POST', body: {} })
}

function order(number: number, what: string, body: unknown, key: Key): Promise<OrderDetail> {
  return command<OrderDetail>(`/orders/${number}/${what}`, { method: 'POST', body, idempotencyKey: key })
}

function entry(id: number, what: string, body: unknown, key: Key): Promise<unknown> {
  return command(`/money/entries/${id}/${what}`, { method: 'POST', body, idempotencyKey: key })
}
