import { useEffect, useState } from 'preact/hooks'
import type { StaffList } from '../../../src/http/contract/staff.ts'
import { sentenceOf } from '../api/request.ts'
import { fetchStaff } from '../api/staff.ts'
import { listenLive } from '../live/live.ts'

/** What changes who works here, or which groups are told. */
const CHANGES = /^(staff|group)_/

export interface LoadedStaff {
  list: StaffList | undefined
  problem: string | undefined
  load: () => void
  show: (list: StaffList) => void
}

/** The staff as the shop has them, also while others change them. */
export function useStaff(): LoadedStaff {
  const [list, setList] = useState<StaffList>()
  const [problem, setProblem] = useState<string>()

  async function load(): Promise<void> {
    setProblem(undefined)
    try {
      setList(await fetchStaff())
    } catch (error) {
      setProblem(sentenceOf(error))
    }
  }
  useEffect(() => {
    void load()
    const stops = [
      listenLive('change', ({ event }) => {
        if (CHANGES.test(event.type)) void load()
      }),
      listenLive('reset', () => void load()),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
  return { list, problem, load: () => void load(), show: setList }
}
