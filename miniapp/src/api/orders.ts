import type {
  Counters,
  OrderDetail,
  OrderList,
  OrderSummary,
  StepBody,
} from '../../../src/http/contract/order.ts'
import { command, request } from './request.ts'

export type Stage = OrderSummary['stage']

export interface OrderQuery {
  stage?: Stage | undefined
  search?: string | undefined
  before?: number | undefined
  /** Oldest first, after this number. */
  after?: number | undefined
  /** Those that wait for an answer, longest waiting first. */
  unanswered?: 1 | undefined
  limit?: number
}

export function fetchOrders(query: OrderQuery): Promise<OrderList> {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(name, String(value))
  }
  return request<OrderList>(`/orders?${params}`)
}

export function fetchCounters(): Promise<Counters> {
  return request<Counters>('/orders/counters')
}

export function fetchOrder(number: number): Promise<OrderDetail> {
  return request<OrderDetail>(`/orders/${number}`)
}

export function sendStep(number: number, body: StepBody): Promise<OrderDetail> {
  return command<OrderDetail>(`/orders/${number}/steps`, { method: 'POST', body })
}

export function sendUndo(number: number, version: number): Promise<OrderDetail> {
  return command<OrderDetail>(`/orders/${number}/undo`, { method: 'POST', body: { version } })
}
