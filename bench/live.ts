import { join } from 'node:path'
import { type Child, startChild } from './child.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import type { ServerHello } from './http-step.ts'
import { type Figure, inTurns, quantile, type Result, type Size, timeRatioResult } from './measure.ts'

const FIRST_ORDER = 1001
/** What the live stream says of an order that was accepted, in bytes. */
const CHANGE_BYTES = 800
const SIZES = {
  full: { panels: 200, changes: 20, rounds: 16 },
  quick: { panels: 200, changes: 10, rounds: 6 },
  smallest: { panels: 5, changes: 1, rounds: 1 },
}

/** From the commit of a step until each of 200 open panels has it, against Hono's own event stream. */
export function benchLive(size: Size): Promise<Result[]> {
  const { panels, changes, rounds } = SIZES[size]
  return inFolder(async (folder) => {
    const file = join(folder, 'shop.db')
    fillShop(file, { orders: 2 * changes * (rounds + 2), fresh: true })
    const ours = await follow(await startChild<ServerHello>('http-shop-server.ts', [file]), panels)
    const theirs = await follow(
      await startChild<ServerHello>('live-bare-server.ts', [String(CHANGE_BYTES)]),
      panels,
    )
    let order = FIRST_ORDER - 1
    const sides = [ours, theirs].map(
      ({ tell }): Figure =>
        async () => {
          const waits: number[] = []
          for (let i = 0; i < changes; i++) waits.push(...(await tell(++order)))
          return quantile(waits, 0.99)
        },
    ) as [Figure, Figure]
    await inTurns(...sides, 2)
    const measured = await inTurns(...sides, rounds)
    for (const side of [ours, theirs]) await side.stop()
    return [timeRatioResult(`a change to ${panels} open panels, p99`, measured, { goal: 2 })]
  })
}

async function follow(server: Child<ServerHello>, count: number) {
  const { port, token } = server.hello
  const panels = await startChild('live-panels.ts', [String(port), token, String(count)])
  return {
    /** How long each panel waited to hear of it, in ms. */
    async tell(order: number): Promise<number[]> {
      const heard = panels.ask<number[]>('next change')
      const committed = await server.ask<number>({ accept: order })
      return (await heard).map((at) => at - committed)
    },
    async stop() {
      await panels.stop()
      await server.stop()
    },
  }
}
