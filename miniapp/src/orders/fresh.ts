import { signal } from '@preact/signals'
import { listenLive } from '../live/live.ts'
import { haptic } from '../telegram/telegram.ts'

const FRESH_MS = 6000

/** Orders that have just come in: their rows stand out for a moment. */
export const fresh = signal<ReadonlySet<number>>(new Set())

/** Makes a new order felt as well as seen. */
export function markFreshOrders(): () => void {
  return listenLive('change', (change) => {
    const number = change.order?.number
    if (change.event.type !== 'placed' || number === undefined) return
    haptic('success')
    fresh.value = new Set(fresh.value).add(number)
    setTimeout(() => {
      const left = new Set(fresh.value)
      left.delete(number)
      fresh.value = left
    }, FRESH_MS)
  })
}
