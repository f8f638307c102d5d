import { type ReadonlySignal, signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { OrderSummary } from '../../../src/http/contract/order.ts'
import { fetchOrders, type OrderQuery } from '../api/orders.ts'
import { sentenceOf } from '../api/request.ts'
import { listenLive } from '../live/live.ts'
import { appendPage, type ListScope, mergeChange, type OrderPages } from './merge-change.ts'

const PAGE = 50

export interface OrderListStore {
  /** Undefined until the first page is there. */
  pages: ReadonlySignal<OrderPages | undefined>
  problem: ReadonlySignal<string | undefined>
  reload: () => Promise<void>
  loadMore: () => Promise<void>
  /** Takes in an order that has changed. */
  take: (order: OrderSummary) => void
}

export function createOrderList(scope: ListScope, limit = PAGE): OrderListStore {
  const pages = signal<OrderPages | undefined>(undefined)
  const problem = signal<string | undefined>(undefined)
  // What comes over the line while a page is on its way is newer than that page.
  let meanwhile: OrderSummary[] = []
  let loading: Promise<void> | undefined

  async function load(from: number | undefined): Promise<void> {
    meanwhile = []
    try {
      const page = await fetchOrders({ ...queryOf(scope, from), limit })
      const shown = from !== undefined && pages.peek()
      const loaded = shown ? appendPage(shown, page) : page
      pages.value = meanwhile.reduce((all, order) => mergeChange(all, order, scope), loaded)
      problem.value = undefined
    } catch (error) {
      problem.value = sentenceOf(error)
    }
  }

  function once(from: number | undefined): Promise<void> {
    loading ??= load(from).finally(() => {
      loading = undefined
    })
    return loading
  }

  return {
    pages,
    problem,
    reload: () => once(undefined),
    async loadMore() {
      const next = pages.peek()?.next
      if (next) await once(next)
    },
    take(order) {
      meanwhile.push(order)
      const shown = pages.peek()
      if (shown) pages.value = mergeChange(shown, order, scope)
    },
  }
}

function queryOf(scope: ListScope, from: number | undefined): OrderQuery {
  const { stage, search, oldestFirst, unanswered } = scope
  if (unanswered) return { unanswered: 1 }
  return oldestFirst ? { stage, after: from ?? 0 } : { stage, search, before: from }
}

/** Keeps a list up to date from now on; returns how to stop. */
export function followLive(list: OrderListStore): () => void {
  const stops = [
    listenLive('change', (change) => {
      if (change.order) list.take(change.order)
    }),
    listenLive('reset', () => void list.reload()),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

// One list per stage is kept for as long as the panel runs, so that a chip answers at once. There are eight.
const kept = new Map<string, OrderListStore>()

function stageList(stage: ListScope['stage']): OrderListStore {
  const key = stage ?? 'all'
  let list = kept.get(key)
  if (!list) {
    list = createOrderList({ stage, search: '' })
    kept.set(key, list)
    followLive(list)
    void list.reload()
  }
  return list
}

/** The list of a stage, of everything, or of what a search finds. */
export function useOrderList({ stage, search }: ListScope): OrderListStore {
  const list = useMemo(
    () => (search ? createOrderList({ stage, search }) : stageList(stage)),
    [stage, search],
  )
  useEffect(() => {
    if (!search) return
    void list.reload()
    return followLive(list)
  }, [list, search])
  return list
}

/** Puts the answer to one's own press into every list at once, without waiting for the line. */
export function takeIntoLists(order: OrderSummary): void {
  for (const list of kept.values()) list.take(order)
}
