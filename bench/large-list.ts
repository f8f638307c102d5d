import { join } from 'node:path'
import { countOrders, listOrders } from '../src/db/orders.ts'
import type { Stage } from '../src/db/schema.ts'
import { startChild } from './child.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { type Call, openClient } from './http-client.ts'
import type { ServerHello } from './http-step.ts'
import { median, quantile, type Result } from './measure.ts'
import { openBenchShop } from './open-shop.ts'

const SMALL = 1_000
const STAGES: Stage[] = ['placed', 'delivered']

/** The 50 newest orders of a stage and the counters: what they cost with a thousand orders and with a million. */
export function benchLargeList(quick: boolean): Promise<Result[]> {
  const large = quick ? 100_000 : 1_000_000
  const rounds = quick ? 10 : 30
  return inFolder(async (folder) => {
    const [few, many] = [join(folder, 'few.db'), join(folder, 'many.db')]
    fillShop(few, { orders: SMALL })
    fillShop(many, { orders: large, customers: 20_000 })
    const sizes = `${SMALL.toLocaleString('en')} and ${large.toLocaleString('en')} orders`
    const inProcess = await compare(
      `50 newest + counters, ${sizes}`,
      rounds,
      inProcessSide(few),
      inProcessSide(many),
    )
    const servers = await Promise.all(
      [few, many].map((file) => startChild<ServerHello>('http-shop-server.ts', [file])),
    )
    const sides = await Promise.all(servers.map(({ hello }) => httpSide(hello)))
    const [small, big] = sides as [Timed, Timed]
    const overHttp = await compare(`the same over HTTP`, rounds, small, big)
    for (const side of sides) side.close()
    for (const server of servers) await server.stop()
    return [inProcess, overHttp]
  })
}

interface Timed {
  /** Does it some hundred times; returns how long each took, in ms. */
  times(): number[] | Promise<number[]>
  close(): void
}

async function compare(name: string, rounds: number, few: Timed, many: Timed): Promise<Result> {
  for (const side of [few, many, few, many]) await side.times()
  const growth: number[] = []
  const p99 = { few: [] as number[], many: [] as number[] }
  for (let round = 0; round < rounds; round++) {
    globalThis.gc?.()
    const order = round % 2 === 0 ? (['few', 'many'] as const) : (['many', 'few'] as const)
    for (const which of order) p99[which].push(quantile(await (which === 'few' ? few : many).times(), 0.99))
    growth.push((p99.many.at(-1) ?? 0) / (p99.few.at(-1) ?? 1))
  }
  const show = (values: number[]) => `p99 ${median(values).toFixed(3)} ms`
  return {
    name,
    unit: 'ratio',
    value: median(growth),
    min: Math.min(...growth),
    max: Math.max(...growth),
    goal: 1.3,
    aim: 1.3,
    better: 'low',
    shop: show(p99.many),
    floor: show(p99.few),
  }
}

function inProcessSide(file: string): Timed {
  const shop = openBenchShop(file)
  return {
    times: () =>
      Array.from({ length: 400 }, (_, i) => {
        const start = performance.now()
        listOrders(shop.db, { stage: STAGES[i % STAGES.length], limit: 50 })
        countOrders(shop.db)
        return performance.now() - start
      }),
    close: () => shop.db.close(),
  }
}

async function httpSide({ port, token }: ServerHello): Promise<Timed> {
  const client = await openClient(port, token, 1)
  const calls = Array.from({ length: 200 }, (_, i): Call[] => [
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
