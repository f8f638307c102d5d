import { batch, signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { NoticeFate } from '../../../src/http/contract/notice.ts'
import type { OrderDetail } from '../../../src/http/contract/order.ts'
import { fetchOrder } from '../api/orders.ts'
import { sentenceOf } from '../api/request.ts'
import { listenLive } from '../live/live.ts'
import { takeIntoLists } from '../orders/order-list.ts'
import { setShopClock } from '../time/shop-clock.ts'
import { newestFates } from './newest-fates.ts'

/** Somebody blocked the bot or came back: what can be sent again to them is another thing now. */
const REACH_EVENTS = ['person_blocked', 'person_back']

interface OpenOrder {
  number: number
  detail: OrderDetail | undefined
  problem: string | undefined
}

/** The order on the screen. */
export const openOrder = signal<OpenOrder | undefined>(undefined)

/** Opens an order, and keeps it as the shop has it while it is on the screen. */
export function useOpenOrder(number: number): OpenOrder {
  useEffect(() => {
    openOrder.value = { number, detail: undefined, problem: undefined }
    void loadOrder(number)
    return follow(number)
  }, [number])
  const open = openOrder.value
  return open?.number === number ? open : { number, detail: undefined, problem: undefined }
}

export async function loadOrder(number: number): Promise<void> {
  try {
    showOrder(await fetchOrder(number))
  } catch (error) {
    const open = openOrder.peek()
    if (open?.number === number && !open.detail) openOrder.value = { ...open, problem: sentenceOf(error) }
  }
}

/** Takes the shop's newest word on an order: on the screen, in the lists, and for the clock. */
export function showOrder(detail: OrderDetail): void {
  batch(() => {
    setShopClock(detail.now)
    takeIntoLists(detail)
    const open = openOrder.peek()
    if (open?.number !== detail.number) return
    // Answers may overtake one another.
    if (open.detail && open.detail.version > detail.version) return
    const notices = newestFates(detail.notices, open.detail?.notices ?? [])
    openOrder.value = { number: detail.number, detail: { ...detail, notices }, problem: undefined }
  })
}

function follow(number: number): () => void {
  let again = false
  let loading = false
  async function reload(): Promise<void> {
    again = true
    if (loading) return
    loading = true
    while (again) {
      again = false
      await loadOrder(number)
    }
    loading = false
  }
  const stops = [
    listenLive('change', (change) => {
      const isReach = REACH_EVENTS.includes(change.event.type)
      if (change.order?.number === number || isReach) void reload()
    }),
    listenLive('notice', (change) => {
      if (change.number === number) showFate(number, change.notice)
    }),
    listenLive('reset', () => void reload()),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function showFate(number: number, fate: NoticeFate): void {
  const open = openOrder.peek()
  if (open?.number !== number || !open.detail) return
  const known = open.detail.notices.some((notice) => notice.id === fate.id)
  const notices = known
    ? open.detail.notices.map((notice) => (notice.id === fate.id ? fate : notice))
    : [...open.detail.notices, fate]
  openOrder.value = { ...open, detail: { ...open.detail, notices } }
}
