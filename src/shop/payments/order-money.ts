import type { OrderRow } from '../../db/orders.ts'
import type { OrderMoney } from './payment-state.ts'

/** How the money of an order stands. */
export function moneyOf(order: OrderRow): OrderMoney {
  return {
    payment: order.payment,
    fulfilment: order.fulfilment,
    totalMinor: order.total_minor,
    chargedMinor: order.charged_minor,
    refundedMinor: order.refunded_minor,
    waivedMinor: order.waived_minor,
    onDelivery: order.payment_method === 'cash_on_delivery',
  }
}
