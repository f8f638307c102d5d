import type { OrderSummary } from '../../../src/http/contract/order.ts'
import type { Stage } from '../api/orders.ts'

export interface OrderPages {
  /** Newest first, or oldest first where the scope says so. */
  orders: OrderSummary[]
  /** Where the next page begins; null when everything is loaded. */
  next: number | null
}

/** What a list holds: one stage, everything, or what a search has found (undefined: anything may be in it). */
export interface ListScope {
  stage: Stage | undefined
  search: string
  oldestFirst?: boolean
  /** Only those that wait for an answer, longest waiting first; they come on one page. */
  unanswered?: boolean
}

/**
 * A list after an order has changed: the order enters, moves on, or leaves. Older news than what is shown changes
 * nothing, and an order beyond the loaded part waits for its page.
 */
export function mergeChange(pages: OrderPages, order: OrderSummary, scope: ListScope): OrderPages {
  const shown = pages.orders.find((one) => one.number === order.number)
  if (shown && shown.version > order.version) return pages
  const others = pages.orders.filter((one) => one.number !== order.number)
  if (!belongs(order, shown, pages, scope)) return shown ? { ...pages, orders: others } : pages
  const place = others.findIndex((one) => comesBefore(order, one, scope))
  const at = place < 0 ? others.length : place
  return { ...pages, orders: [...others.slice(0, at), order, ...others.slice(at)] }
}

function comesBefore(order: OrderSummary, other: OrderSummary, scope: ListScope): boolean {
  if (scope.unanswered) return (order.unansweredSince ?? 0) < (other.unansweredSince ?? 0)
  return scope.oldestFirst ? order.number < other.number : order.number > other.number
}

function belongs(
  order: OrderSummary,
  shown: OrderSummary | undefined,
  pages: OrderPages,
  scope: ListScope,
): boolean {
  if (scope.unanswered) return order.unansweredSince !== null
  if (scope.search) return shown !== undefined
  if (scope.stage && order.stage !== scope.stage) return false
  if (pages.next === null) return true
  return scope.oldestFirst ? order.number <= pages.next : order.number >= pages.next
}

/** The next page below what is loaded; what the line has already brought newer stays. */
export function appendPage(pages: OrderPages, page: OrderPages): OrderPages {
  const known = new Set(pages.orders.map((order) => order.number))
  return {
    orders: [...pages.orders, ...page.orders.filter((order) => !known.has(order.number))],
    next: page.next,
  }
}
