import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { settableClock } from '../src/lib/clock.ts'
import { createMetrics } from '../src/lib/metrics.ts'
import { takeStep } from '../src/shop/orders/take-step.ts'
import { compareFiles } from './compare-files.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { type Result, rateResult, type Size, takeTurns } from './measure.ts'
import { OWNER, openBenchShop } from './open-shop.ts'
import { openRaw, prepareRawStep, RAW_STEPS } from './raw-step.ts'
import { walk } from './walk.ts'

const TABLES = ['orders', 'events', 'notices', 'escalations', 'variants', 'order_counters']
const SIZES = {
  full: { batch: 250, rounds: 40 },
  quick: { batch: 100, rounds: 8 },
  smallest: { batch: 5, rounds: 4 },
}

/** An order step in the service layer against its own statements prepared by hand, each on its own copy of one file. */
export function benchOrderStep(size: Size): Promise<Result[]> {
  const { batch, rounds } = SIZES[size]
  return inFolder(async (folder) => {
    const file = (name: string) => join(folder, `${name}.db`)
    // Each batch of orders is walked through its four steps; the first batches warm both sides up.
    fillShop(file('shop'), { orders: batch * (rounds / RAW_STEPS.length + 1), fresh: true })
    copyFileSync(file('shop'), file('floor'))
    const clock = settableClock()
    const shop = openBenchShop(file('shop'), clock, createMetrics().queries)
    const raw = openRaw(file('floor'))
    const rawStep = prepareRawStep(raw, clock.now)
    const ours = walk(batch, (orderId, version, { step }) => {
      shop.write((work) => takeStep(work, { orderId, step, version, actor: OWNER, noTracking: true }))
    })
    const floor = walk(batch, (orderId, version, step) => {
      if (!rawStep(orderId, version, step)) throw new Error(`order ${orderId} did not move`)
    })
    await takeTurns(ours, floor, RAW_STEPS.length)
    const measured = await takeTurns(ours, floor, rounds, () => {
      shop.db.checkpoint()
      raw.pragma('wal_checkpoint(PASSIVE)')
    })
    shop.db.close()
    compareFiles(raw, file('shop'), TABLES)
    raw.close()
    return [rateResult('order step, service layer', measured, { goal: 0.6, aim: 0.8 }, 'steps/s')]
  })
}
