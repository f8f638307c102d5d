/** Who paid, as a charge of Telegram's keeps it. */
export function payerOf(raw: string): number {
  return Number((JSON.parse(raw) as { paid_by?: number }).paid_by ?? 0)
}

/** The payload of an order's invoice; the key makes it one of a kind. */
export function payloadFor(orderId: number, key: string): string {
  return `o${orderId}-${key}`
}

/** The order that a payload names; null for what this shop never wrote. */
export function orderOfPayload(payload: string): number | null {
  const id = /^o(\d{1,15})-/.exec(payload)?.[1]
  return id === undefined ? null : Number(id)
}
