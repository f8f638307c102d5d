import { readFileSync } from 'node:fs'
import { threadCpuUsage } from 'node:process'

const EVERY_MS = 1
const SCHEDULED = '/proc/self/schedstat'

/** The worst that lay between two rounds of an event loop, each by itself. */
export interface Stall {
  /** By the clock. */
  wallMs: number
  /** Without the time for which the thread was ready and no core was free; only Linux tells. */
  ownMs: number
  /** What the thread computed: no waiting for a core, a disk or a lock, whoever else keeps those busy. */
  cpuMs: number
}

const NONE: Stall = { wallMs: 0, ownMs: 0, cpuMs: 0 }

/** Watches by a timer how late this thread's event loop comes round. */
export function watchLoop() {
  let worst = NONE
  let last = readClocks()
  setInterval(() => {
    const now = readClocks()
    const wallMs = now.at - last.at - EVERY_MS
    const ownMs = wallMs - (now.waited - last.waited)
    const cpuMs = now.computed - last.computed
    worst = {
      wallMs: Math.max(worst.wallMs, wallMs),
      ownMs: Math.max(worst.ownMs, ownMs),
      cpuMs: Math.max(worst.cpuMs, cpuMs),
    }
    last = now
  }, EVERY_MS)
  return {
    worst: () => worst,
    reset() {
      worst = NONE
    },
  }
}

function readClocks() {
  const { user, system } = threadCpuUsage()
  return { at: performance.now(), waited: waitedMs(), computed: (user + system) / 1_000 }
}

function waitedMs(): number {
  try {
    return Number(readFileSync(SCHEDULED, 'latin1').split(' ')[1]) / 1e6
  } catch {
    return 0
  }
}
