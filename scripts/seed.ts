import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { seedOrders } from '../sandbox/seed/seed-orders.ts'
import { lockFolder } from '../src/db/lock.ts'
import { ShopError } from '../src/lib/shop-error.ts'

const USAGE = `Usage: npm run seed -- --orders 1000 [--data DIR] [--seed 1] [--add]

Fills a shop with made-up orders, for trials and benchmarks. A shop that has orders is left alone, unless --add is given.`

const MAX_ORDERS = 1_000_000

process.exitCode = run(process.argv.slice(2))

function run(args: string[]): number {
  try {
    const wish = readArgs(args)
    mkdirSync(wish.data, { recursive: true })
    const unlock = lockFolder(join(wish.data, 'shop.lock'))
    try {
      seed(wish)
    } finally {
      unlock()
    }
    return 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}

function seed({ data, orders, seed, add }: ReturnType<typeof readArgs>): void {
  const started = performance.now()
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1)
  const count = (number: number) => number.toLocaleString('en')
  seedOrders(join(data, 'shop.db'), {
    orders,
    seed,
    add,
    now: Date.now(),
    onProgress: (done) => {
      if (done < orders) console.log(`${count(done)} of ${count(orders)} orders, ${seconds()} s`)
    },
  })
  console.log(`Done: ${count(orders)} orders in ${join(data, 'shop.db')}, ${seconds()} s.`)
}

function readArgs(args: string[]) {
  const values = parsed(args)
  const orders = Number(values.orders)
  const seed = Number(values.seed)
  const isUsable = Number.isInteger(orders) && orders > 0 && orders <= MAX_ORDERS && Number.isInteger(seed)
  if (!isUsable) throw new ShopError('invalid', USAGE)
  return { orders, seed, data: values.data || process.env.DATA_DIR || './data', add: values.add }
}

function parsed(args: string[]) {
  try {
    const options = {
      orders: { type: 'string', default: '' },
      data: { type: 'string', default: '' },
      seed: { type: 'string', default: '1' },
      add: { type: 'boolean', default: false },
    } as const
    return parseArgs({ args, options }).values
  } catch {
    throw new ShopError('invalid', USAGE)
  }
}
