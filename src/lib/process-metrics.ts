import { statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { collectDefaultMetrics, Gauge } from 'prom-client'
import type { Metrics } from './metrics.ts'

/** How often the loop is looked at, in ms. */
const RESOLUTION_MS = 10
/** Names that Prometheus' own rules refuse, and a lag of the loop that is never below 10 ms. */
const LEFT_OUT = /^nodejs_(active_.*_total$|eventloop_)/

/** Adds what is known of the process: memory, processor time, garbage, how late its event loop runs, and its disk. */
export function measureProcess(metrics: Metrics, dataDir: string): void {
  const { registry } = metrics
  collectDefaultMetrics({ register: registry })
  for (const { name } of registry.getMetricsAsArray())
    if (LEFT_OUT.test(name)) registry.removeSingleMetric(name)
  measureLoop(metrics)
  measureDisk(metrics, dataDir)
}

function measureLoop({ registry, beforeReading }: Metrics): void {
  const name = 'littleshop_event_loop_lag_seconds'
  const help = 'How late the event loop ran since this was asked for last.'
  const lag = new Gauge({ name, help, labelNames: ['stat'], registers: [registry] })
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delay.enable()
  beforeReading(() => {
    const late = (ns: number) => Math.max(0, ns / 1e9 - RESOLUTION_MS / 1000)
    lag.set({ stat: 'p50' }, late(delay.percentile(50)))
    lag.set({ stat: 'p99' }, late(delay.percentile(99)))
    lag.set({ stat: 'max' }, late(delay.max))
    delay.reset()
  })
}

function measureDisk({ registry, beforeReading }: Metrics, dataDir: string): void {
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers: [registry] })
  const free = gauge('littleshop_disk_free_bytes', 'Room on the disk that holds the shop.')
  const size = gauge('littleshop_disk_size_bytes', 'Size of the disk that holds the shop.')
  const file = gauge('littleshop_database_file_bytes', 'Size of the file and of its write-ahead log.', 'part')
  beforeReading(() => {
    const disk = statfsSync(dataDir)
    free.set(disk.bavail * disk.bsize)
    size.set(disk.blocks * disk.bsize)
    for (const [part, name] of [
      ['main', 'shop.db'],
      ['log', 'shop.db-wal'],
    ] as const)
      file.set({ part }, statSync(join(dataDir, name), { throwIfNoEntry: false })?.size ?? 0)
  })
}
