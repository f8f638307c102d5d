import { useEffect, useState } from 'preact/hooks'
import type { SystemReport } from '../../../src/http/contract/system.ts'
import { sentenceOf } from '../api/request.ts'
import { fetchSystem } from '../api/system.ts'
import { setShopClock } from '../time/shop-clock.ts'

const AGAIN_MS = 5_000

/** How the shop runs, asked again every few seconds while somebody looks. */
export function useSystem() {
  const [report, setReport] = useState<SystemReport>()
  const [problem, setProblem] = useState<string>()

  function show(next: SystemReport): void {
    setShopClock(next.now)
    setReport(next)
    setProblem(undefined)
  }
  async function load(): Promise<void> {
    try {
      show(await fetchSystem())
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    let stopped = false
    async function again(): Promise<void> {
      if (document.visibilityState === 'visible') await load()
      if (!stopped) timer = setTimeout(() => void again(), AGAIN_MS)
    }
    void again()
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [])
  return { report, problem, load, show }
}
