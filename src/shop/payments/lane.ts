import { offErrand } from '../../lib/errand.ts'
import type { Log } from '../../lib/log.ts'

/** Something that is due. Its key tells whether it is in hand already. */
export interface Errand {
  key: string
  /** Resolves to whether it got anywhere: one that did not waits for the next nudge. */
  run(): Promise<boolean>
}

export interface Lane {
  /** Looks for what is due now. */
  nudge(): void
  /** How many errands got somewhere since this was last asked. */
  takeDone(): number
  /** Resolves when nothing is in hand, and nothing that is due can be done now. */
  idle(): Promise<void>
  /** Takes up nothing new and waits for what is in hand. */
  stop(): Promise<void>
}

export interface LaneParts {
  name: string
  /** How many errands at once. */
  most: number
  /** The first `limit` errands that are due, most urgent first; those in hand may be among them. */
  due(limit: number): Errand[]
  log: Log
}

/** Runs errands side by side, a bounded number at once, and none twice at the same time. */
export function createLane({ name, most, due, log }: LaneParts): Lane {
  const inHand = new Map<string, Promise<void>>()
  const resting = new Set<string>()
  let waiters: (() => void)[] = []
  let isOpen = true
  let done = 0

  function fill(): void {
    for (const errand of isOpen ? findDue() : []) {
      if (inHand.size >= most) break
      if (!inHand.has(errand.key) && !resting.has(errand.key)) inHand.set(errand.key, carryOut(errand))
    }
    if (inHand.size > 0) return
    const idle = waiters
    waiters = []
    for (const resolve of idle) resolve()
  }

  function findDue(): Errand[] {
    try {
      return inHand.size < most ? due(most + inHand.size + resting.size) : []
    } catch (err) {
      log.error({ err, lane: name }, 'what is due at payment providers could not be read')
      return []
    }
  }

  async function carryOut({ key, run }: Errand): Promise<void> {
    try {
      if (await run()) done += 1
      else resting.add(key)
    } catch (err) {
      resting.add(key)
      // Whoever comes back after the end finds the shop closed; what they were sent for is due at the next start.
      if (isOpen) log.error({ err, lane: name, errand: key }, 'an errand to a payment provider failed')
    } finally {
      inHand.delete(key)
      fill()
    }
  }

  function nudge(): void {
    resting.clear()
    offErrand(fill)
  }

  return {
    nudge,
    takeDone() {
      const taken = done
      done = 0
      return taken
    },
    idle() {
      return new Promise((resolve) => {
        waiters.push(resolve)
        nudge()
      })
    },
    async stop() {
      isOpen = false
      await Promise.all(inHand.values())
    },
  }
}
