import { join } from 'node:path'
import { startChild } from './child.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { type Call, type HttpClient, openClient } from './http-client.ts'
import type { ServerHello } from './http-step.ts'
import { type Result, rateResult, type Side, type Size, takeTurns } from './measure.ts'

const LIST: Call = { method: 'GET', path: '/api/orders?stage=delivered&limit=50' }
const SIZES = {
  full: { batch: 400, rounds: 24 },
  quick: { batch: 200, rounds: 8 },
  smallest: { batch: 16, rounds: 1 },
}

/** A page of orders over HTTP against bare Hono with the same query, 16 connections, both on one file. */
export function benchHttpRead(size: Size): Promise<Result[]> {
  const { batch, rounds } = SIZES[size]
  return inFolder(async (folder) => {
    const file = join(folder, 'shop.db')
    fillShop(file, { orders: 1_000 })
    const children = await Promise.all(
      ['http-shop-server.ts', 'read-bare-server.ts'].map((server) => startChild<ServerHello>(server, [file])),
    )
    const clients = await Promise.all(children.map(({ hello }) => openClient(hello.port, hello.token)))
    const [ours, theirs] = clients.map((client) => read(client, batch)) as [Side, Side]
    await takeTurns(ours, theirs, 2)
    const measured = await takeTurns(ours, theirs, rounds)
    for (const client of clients) client.close()
    for (const child of children) await child.stop()
    return [rateResult('order list, HTTP', measured, { goal: 0.5, aim: 0.7 }, 'requests/s')]
  })
}

function read(client: HttpClient, batch: number): Side {
  const calls = Array.from({ length: batch }, () => LIST)
  return { run: async () => (await client.run(calls)).length }
}
