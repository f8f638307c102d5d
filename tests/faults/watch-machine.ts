import { readFileSync } from 'node:fs'

const EVERY_MS = 50
const STILL_FROM_S = 0.5
const SCHEDULED = '/proc/thread-self/schedstat'

/** What a busy machine took from this process, and so from others that run beside it. */
export interface Busy {
  /** How many times as long as by itself everything took, because there was no core for it. */
  stretch: number
  /** How long it waited for one where it did not get round for half a second and more; seconds. */
  stoodStill: number
}

/** Watches the machine until it is asked how busy that was. */
export function watchMachine(): () => Busy {
  const first = readTimes()
  let last = first
  let stoodStill = 0
  const timer = setInterval(() => {
    const now = readTimes()
    if (now.at - last.at > STILL_FROM_S) stoodStill += now.waited - last.waited
    last = now
  }, EVERY_MS)
  return () => {
    clearInterval(timer)
    const now = readTimes()
    const [ran, waited] = [now.ran - first.ran, now.waited - first.waited]
    return { stretch: ran > 0 ? (ran + waited) / ran : 1, stoodStill }
  }
}

/** How long this thread had a core, and how long it was ready and had none, which only Linux tells; seconds. */
function readTimes(): { at: number; ran: number; waited: number } {
  const at = performance.now() / 1_000
  try {
    const [ran = 0, waited = 0] = readFileSync(SCHEDULED, 'latin1').split(' ').map(Number)
    return { at, ran: ran / 1e9, waited: waited / 1e9 }
  } catch {
    return { at, ran: 0, waited: 0 }
  }
}
