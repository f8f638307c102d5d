import { effect, signal } from '@preact/signals'
import type { MoneyMatters } from '../../../src/http/contract/money.ts'
import { fetchMatters } from '../api/money.ts'
import { sentenceOf } from '../api/request.ts'
import { listenLive } from '../live/live.ts'
import { session } from '../session/session.ts'

/** The money that waits for a person; undefined until it is known. */
export const matters = signal<MoneyMatters | undefined>(undefined)
export const mattersProblem = signal<string | undefined>(undefined)

/** Many things happen at once: what waits is fetched no more often than this. */
const CALM_MS = 700
/** Everything about money is told in events of these names. */
const ABOUT_MONEY =
  /^(paid|part_paid|payment_|proof_|money_|matter_|refund|reopened|rest_waived|books_|difference_|late_payment|cancelled|expired|undone)/

export async function loadMatters(): Promise<void> {
  try {
    matters.value = await fetchMatters()
    mattersProblem.value = undefined
  } catch (error) {
    mattersProblem.value = sentenceOf(error)
  }
}

/** How many things about money somebody has to do. */
export function countMatters({ entries, orders, proofs, differences }: MoneyMatters): number {
  return entries.length + orders.length + proofs.length + differences
}

/** Keeps what waits as the shop has it, while an owner or manager is signed in. */
export function followMatters(): void {
  effect(() => {
    const now = session.value
    if (now.is !== 'in' || now.me.role === 'packer') return
    void loadMatters()
    let timer: ReturnType<typeof setTimeout> | undefined
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        void loadMatters()
      }, CALM_MS)
    }
    const stops = [
      listenLive('change', ({ event }) => {
        if (ABOUT_MONEY.test(event.type)) soon()
      }),
      listenLive('reset', soon),
    ]
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  })
}
