import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { takeStep } from '../src/shop/orders/take-step.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { inTurns, median, quantile, type Result, type Size, spread } from './measure.ts'
import { OWNER, openBenchShop } from './open-shop.ts'
import { openRaw, prepareRawStep, RAW_STEPS, type RawStep } from './raw-step.ts'

const FIRST_ORDER = 1001
const AT_A_TIME = 20
const SIZES = {
  full: { batch: 1_000, rounds: 12 },
  quick: { batch: 500, rounds: 4 },
  smallest: { batch: 5, rounds: 1 },
}

type Step = (orderId: number, version: number, step: RawStep) => void

/** How much longer than usual the slowest of 1,000 order steps takes, with the log brought into the file by a timer or by SQLite itself. */
export function benchCommitTail(size: Size): Promise<Result[]> {
  const { batch, rounds } = SIZES[size]
  return inFolder(async (folder) => {
    const file = (name: string) => join(folder, `${name}.db`)
    fillShop(file('shop'), { orders: batch * (rounds + 1), fresh: true })
    copyFileSync(file('shop'), file('floor'))
    const shop = openBenchShop(file('shop'))
    const raw = openRaw(file('floor'))
    raw.pragma('wal_autocheckpoint = 1000')
    const rawStep = prepareRawStep(raw, Date.now)
    const timer = setInterval(() => shop.db.checkpoint(), 1_000)
    const ours = walkAll(batch, (orderId, version, { step }) => {
      shop.write((work) => takeStep(work, { orderId, step, version, actor: OWNER, noTracking: true }))
    })
    const theirs = walkAll(batch, rawStep)
    await inTurns(ours.tail, theirs.tail, 1)
    ours.waits.length = theirs.waits.length = 0
    const measured = await inTurns(ours.tail, theirs.tail, rounds)
    clearInterval(timer)
    shop.db.close()
    raw.close()
    return [toResult(measured.shop, ours.waits, theirs.waits)]
  })
}

/** Walks a batch of orders through all their steps; `tail` says how the slowest in 1,000 compares with the middle one. */
function walkAll(batch: number, step: Step) {
  const waits: number[] = []
  let first = FIRST_ORDER
  async function tail(): Promise<number> {
    const own: number[] = []
    for (const [i, taken] of RAW_STEPS.entries()) {
      for (let id = first; id < first + batch; id++) {
        const start = performance.now()
        step(id, i + 1, taken)
        own.push(performance.now() - start)
        if (id % AT_A_TIME === 0) await breathe()
      }
    }
    first += batch
    waits.push(...own)
    return quantile(own, 0.999) / median(own)
  }
  return { tail, waits }
}

function toResult(tails: number[], ours: number[], theirs: number[]): Result {
  const words = (waits: number[]) =>
    `p50 ${median(waits).toFixed(2)} ms, p99.9 ${quantile(waits, 0.999).toFixed(1)} ms`
  return {
    ...spread('order step, p99.9 / p50', tails),
    unit: 'ratio',
    goal: 10,
    better: 'low',
    shop: words(ours),
    floor: words(theirs),
  }
}
