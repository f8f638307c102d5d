import { countOrders, listOrders } from '../src/db/order-lists.ts'
import type { Stage } from '../src/db/schema.ts'
import { startChild } from './child.ts'
import { sharedShop } from './fill.ts'
import { type Call, openClient } from './http-client.ts'
import type { ServerHello } from './http-step.ts'
import { inTurns, quantile, type Result, type Size, timeRatioResult } from './measure.ts'
import { openBenchShop } from './open-shop.ts'

const STAGES: Stage[] = ['placed', 'delivered']
const SIZES = {
  full: { orders: [1_000, 100_000, 1_000_000], rounds: 30, times: 400 },
  quick: { orders: [1_000, 100_000], rounds: 10, times: 400 },
  smallest: { orders: [100, 200], rounds: 1, times: 10 },
}

/** The 50 newest orders of a stage and the counters: what they cost with a thousand orders, and with many more. */
export async function benchLargeList(size: Size): Promise<Result[]> {
  const { orders, rounds, times } = SIZES[size]
  const [few = 0, ...larger] = orders
  const results: Result[] = []
  for (const many of larger) {
    const files = [sharedShop(few), sharedShop(many)] as const
    const name = `50 newest + counters, p99, ${many.toLocaleString('en')} / ${few.toLocaleString('en')} orders`
    results.push(
      await compare(
        name,
        rounds,
        files.map((file) => inProcessSide(file, times)),
      ),
    )
    const servers = await Promise.all(
      files.map((file) => startChild<ServerHello>('http-shop-server.ts', [file])),
    )
    const sides = await Promise.all(servers.map(({ hello }) => httpSide(hello, times / 2)))
    results.push(await compare(`${name}, over HTTP`, rounds, sides))
    for (const server of servers) await server.stop()
  }
  return results
}

interface Timed {
  /** Does it some hundred times; returns how long each took, in ms. */
  times(): number[] | Promise<number[]>
  close(): void
}

async function compare(name: string, rounds: number, sides: Timed[]): Promise<Result> {
  const [few, many] = sides.map((side) => async () => quantile(await side.times(), 0.99))
  if (!few || !many) throw new Error('there are two sides')
  await inTurns(many, few, 2)
  const measured = await inTurns(many, few, rounds)
  for (const side of sides) side.close()
  return timeRatioResult(name, measured, { goal: 1.3 })
}

function inProcessSide(file: string, count: number): Timed {
  const shop = openBenchShop(file)
  return {
    times: () =>
      Array.from({ length: count }, (_, i) => {
        const start = performance.now()
        listOrders(shop.db, { stage: STAGES[i % STAGES.length], limit: 50 })
        countOrders(shop.db)
        return performance.now() - start
      }),
    close: () => shop.db.close(),
  }
}

async function httpSide({ port, token }: ServerHello, count: number): Promise<Timed> {
  const client = await openClient(port, token, 1)
  const calls = Array.from({ length: count }, (_, i): Call[] => [
    { method: 'GET', path: `/api/orders?stage=${STAGES[i % STAGES.length]}&limit=50` },
    { method: 'GET', path: '/api/orders/counters' },
  ]).flat()
  return {
    async times() {
      const each = await client.run(calls)
      return each.flatMap((ms, i) => (i % 2 === 0 ? [ms + (each[i + 1] ?? 0)] : []))
    },
    close: () => client.close(),
  }
}
