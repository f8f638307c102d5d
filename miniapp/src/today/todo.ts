import { useEffect, useMemo } from 'preact/hooks'
import type { OrderSummary } from '../../../src/http/contract/order.ts'
import type { Stage } from '../api/orders.ts'
import type { OrderPages } from '../orders/merge-change.ts'
import { createOrderList, followLive, type OrderListStore } from '../orders/order-list.ts'

const SHOWN_PER_STAGE = 10
const LOOKED_THROUGH = 100
const MOST_TO_REVIEW = 5
const MOST_UNANSWERED = 10

/** Stages in which the shop has something to do, most urgent first. */
const TO_DO: Stage[] = ['placed', 'accepted', 'packing']

export interface Todo {
  /** Undefined until loaded. */
  next: OrderSummary[] | undefined
  /** Orders whose customers wait for an answer. */
  unanswered: OrderSummary[]
  review: OrderSummary[]
  problem: string | undefined
  reload: () => void
}

interface Lists {
  stages: OrderListStore[]
  newest: OrderListStore
  unanswered: OrderListStore
}

// Kept between visits, so that the screen one opens most often is there at once.
let kept: Lists | undefined

/**
 * What needs doing now: orders to accept, pack and send, longest waiting first, those whose customers wait for an answer, and
 * those a person should look at.
 */
export function useTodo(): Todo {
  const lists = useMemo(openLists, [])
  const all = [lists.newest, lists.unanswered, ...lists.stages]
  const reload = () => {
    for (const list of all) void list.reload()
  }
  useEffect(reload, [])

  const pages = lists.stages.map((list) => list.pages.value)
  // Those done make room for those that wait behind them.
  useEffect(() => {
    for (const list of lists.stages) if (hasRoom(list.pages.peek())) void list.reload()
  }, pages)
  const newest = lists.newest.pages.value
  return {
    next: pages.every((page) => page !== undefined)
      ? pages.flatMap((page) => page.orders.slice(0, SHOWN_PER_STAGE))
      : undefined,
    unanswered: lists.unanswered.pages.value?.orders.slice(0, MOST_UNANSWERED) ?? [],
    review: newest?.orders.filter((order) => order.needsReview).slice(0, MOST_TO_REVIEW) ?? [],
    problem: all.find((list) => list.problem.value)?.problem.value,
    reload,
  }
}

function hasRoom(page: OrderPages | undefined): boolean {
  return page !== undefined && page.next !== null && page.orders.length < SHOWN_PER_STAGE
}

function openLists(): Lists {
  if (kept) return kept
  kept = {
    unanswered: createOrderList({ stage: undefined, search: '', unanswered: true }),
    stages: TO_DO.map((stage) => createOrderList({ stage, search: '', oldestFirst: true }, SHOWN_PER_STAGE)),
    newest: createOrderList({ stage: undefined, search: '' }, LOOKED_THROUGH),
  }
  for (const list of [kept.newest, kept.unanswered, ...kept.stages]) followLive(list)
  return kept
}
