import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import type Sqlite from 'better-sqlite3'
import { settableClock } from '../src/lib/clock.ts'
import { takeStep } from '../src/shop/orders/take-step.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { type Result, ratioResult, type Side, takeTurns } from './measure.ts'
import { OWNER, openBenchShop } from './open-shop.ts'
import { openRaw, prepareRawStep, RAW_STEPS, type RawStep } from './raw-step.ts'

const FIRST_ORDER = 1001

/** An order step in the service layer against its own statements prepared by hand, each on its own copy of one file. */
export function benchOrderStep(quick: boolean): Promise<Result[]> {
  const batch = quick ? 100 : 250
  const rounds = quick ? 8 : 40
  return inFolder(async (folder) => {
    const file = (name: string) => join(folder, `${name}.db`)
    // Each batch of orders is walked through its four steps; the first batches warm both sides up.
    fillShop(file('shop'), { orders: batch * (rounds / RAW_STEPS.length + 1), fresh: true })
    copyFileSync(file('shop'), file('floor'))
    const clock = settableClock()
    const shop = openBenchShop(file('shop'), clock)
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
    compareFiles(raw, file('shop'))
    raw.close()
    return [ratioResult('order step, service layer', measured, { goal: 0.6, aim: 0.8 }, 'steps/s')]
  })
}

/** Takes one step with each order of a batch a run; after four runs the next batch follows. */
function walk(batch: number, step: (orderId: number, version: number, step: RawStep) => void): Side {
  let runs = 0
  return {
    run() {
      const which = runs % RAW_STEPS.length
      const first = FIRST_ORDER + Math.floor(runs / RAW_STEPS.length) * batch
      runs += 1
      const taken = RAW_STEPS[which]
      if (!taken) return 0
      for (let id = first; id < first + batch; id++) step(id, which + 1, taken)
      return batch
    },
  }
}

/** A floor that did less would flatter nobody: both files must hold the same rows. */
function compareFiles(raw: Sqlite.Database, other: string): void {
  raw.prepare('attach ? as other').run(other)
  for (const table of ['orders', 'events', 'notices', 'variants', 'order_counters']) {
    const differ = raw
      .prepare(`select count(*) as n from (select * from main.${table} except select * from other.${table})`)
      .get() as { n: number }
    if (differ.n > 0) throw new Error(`the two sides differ in ${differ.n} rows of ${table}`)
  }
}
