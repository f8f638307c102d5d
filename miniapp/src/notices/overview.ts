import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { DeadList, Period } from '../../../src/http/contract/notice.ts'
import type { NoticeOverview } from '../../../src/http/contract/notice-overview.ts'
import { fetchDead, fetchOverview } from '../api/notices.ts'
import { sentenceOf } from '../api/request.ts'
import { listenLive } from '../live/live.ts'
import { setShopClock } from '../time/shop-clock.ts'

/** What the page is about, until the panel is closed. */
export const period = signal<Period>('day')

const FIRST_LETTERS = 5
const MORE_LETTERS = 30
export const MOST_LETTERS = 95
/** Many notices change at once: the numbers are fetched no more often than this. */
const CALM_MS = 700

export interface Proof {
  overview: NoticeOverview
  dead: DeadList
}

/** The numbers of the chosen period, kept as the shop has them while the page is open. */
export function useProof() {
  const [proof, setProof] = useState<Proof>()
  const [problem, setProblem] = useState<string>()
  const [shown, setShown] = useState(FIRST_LETTERS)
  const chosen = period.value

  async function load(): Promise<void> {
    try {
      const [overview, dead] = await Promise.all([fetchOverview(chosen), fetchDead(shown)])
      // A slow answer for another period must not replace what was asked for since.
      if (period.peek() !== overview.period) return
      setShopClock(overview.now)
      setProof({ overview, dead })
      setProblem(undefined)
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }
  useEffect(() => {
    void load()
    return followCalmly(load)
  }, [chosen, shown])
  return {
    proof,
    problem,
    load,
    showMore: () => setShown((now) => Math.min(now + MORE_LETTERS, MOST_LETTERS)),
  }
}

/** Calls `load` soon after each burst of news; news that comes while it is at it is fetched afterwards. */
export function followCalmly(load: () => Promise<void>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let busy = false
  let again = false
  let stopped = false
  async function run(): Promise<void> {
    timer = undefined
    busy = true
    again = false
    await load()
    busy = false
    if (again && !stopped) soon()
  }
  function soon(): void {
    if (busy) again = true
    else timer ??= setTimeout(() => void run(), CALM_MS)
  }
  const stops = [listenLive('notice', soon), listenLive('change', soon), listenLive('reset', soon)]
  return () => {
    stopped = true
    clearTimeout(timer)
    for (const stop of stops) stop()
  }
}
