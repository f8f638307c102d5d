import type { OrderRow } from '../../db/orders.ts'

/** Until when an order can be paid, in words; undefined for one that waits for no money, or as long as it takes. */
export function payUntil(order: OrderRow, words: { language: string; timezone: string }): string | undefined {
  return order.stage === 'unpaid' && order.expires_at !== null
    ? dayAndTime(order.expires_at, words)
    : undefined
}

/** A moment of the next days, with its day, because it may be tomorrow: "Mon 9:40 AM". */
export function dayAndTime(
  at: number,
  { language, timezone }: { language: string; timezone: string },
): string {
  return new Intl.DateTimeFormat(language, {
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: timezone,
  }).format(at)
}
