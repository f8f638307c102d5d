import { existsSync, readFileSync } from 'node:fs'

const TICKS_A_SECOND = 100
const EVERY_MS = 2_000

export interface Sample {
  /** ms since the watch began. */
  at: number
  /** Resident memory in MB. */
  rss: number
  /** Share of one core since the sample before, 0 to 1. */
  cpu: number
}

/** Looks at a process from outside, by what Linux says of it, until stopped. */
export function watchProcess(pid: number): { samples: Sample[]; stop(): void } {
  const samples: Sample[] = []
  const begin = Date.now()
  let before = { at: begin, ticks: readTicks(pid) }
  function look(): void {
    if (!existsSync(`/proc/${pid}`)) return
    const at = Date.now()
    const ticks = readTicks(pid)
    const cpu = (ticks - before.ticks) / TICKS_A_SECOND / ((at - before.at) / 1000)
    samples.push({ at: at - begin, rss: readRss(pid), cpu })
    before = { at, ticks }
  }
  const timer = setInterval(look, EVERY_MS)
  return { samples, stop: () => clearInterval(timer) }
}

function readRss(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

/** Time on a core, of the program and of the kernel for it. */
function readTicks(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name in brackets may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}
