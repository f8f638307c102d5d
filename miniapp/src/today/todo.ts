import { useEffect, useMemo } from 'preact/hooks'
import type { OrderSummary } from '../../../src/http/contract/order.ts'
import type { Stage } from '../api/orders.ts'
import { createOrderList, followLive, type OrderListStore } from '../orders/order-list.ts'

const SHOWN_PER_STAGE = 10
const LOOKED_THROUGH = 100
const MOST_TO_REVIEW = 5

/** Stages in which the shop has something to do, most urgent first. */
const TO_DO: Stage[] = ['placed', 'accepted', 'packing']

export interface Todo {
  /** Undefined until loaded. */
  next: OrderSummary[] | undefined
  review: OrderSummary[]
  problem: string | undefined
  reload: () => void
}

interface Lists {
  stages: OrderListStore[]
  newest: OrderListStore
}

// Kept between visits, so that the screen one opens most often is there at once.
let kept: Lists | undefined

/** What needs doing now: the newest orders to accept, pack and send, and those a person should look at. */
export function useTodo(): Todo {
  const lists = useMemo(openLists, [])
  const all = [lists.newest, ...lists.stages]
  const reload = () => {
    for (const list of all) void list.reload()
  }
  useEffect(reload, [])

  const pages = lists.stages.map((list) => list.pages.value)
  const newest = lists.newest.pages.value
  return {
    next: pages.every((page) => page !== undefined)
      ? pages.flatMap((page) => page.orders.slice(0, SHOWN_PER_STAGE))
      : undefined,
    review: newest?.orders.filter((order) => order.needsReview).slice(0, MOST_TO_REVIEW) ?? [],
    problem: all.find((list) => list.problem.value)?.problem.value,
    reload,
  }
}

function openLists(): Lists {
  if (kept) return kept
  kept = {
    stages: TO_DO.map((stage) => createOrderList({ stage, search: '' }, SHOWN_PER_STAGE)),
    newest: createOrderList({ stage: undefined, search: '' }, LOOKED_THROUGH),
  }
  for (const list of [kept.newest, ...kept.stages]) followLive(list)
  return kept
}
