/** How long an order has waited, for a text: nobody counts in minutes beyond two hours, and `hours` is 0 until then. */
export function waited(data: Record<string, unknown>): { minutes: number; hours: number } {
  const minutes = Number(data.minutes ?? 0)
  return { minutes, hours: minutes < 120 ? 0 : Math.floor(minutes / 60) }
}
