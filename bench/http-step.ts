import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { startChild } from './child.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { type Call, type HttpClient, openClient } from './http-client.ts'
import { type Result, rateResult, type Side, type Size, takeTurns } from './measure.ts'
import { RAW_STEPS } from './raw-step.ts'

export interface ServerHello {
  port: number
  token: string
}

const FIRST_ORDER = 1001
const SIZES = {
  full: { batch: 400, rounds: 24 },
  quick: { batch: 200, rounds: 8 },
  smallest: { batch: 16, rounds: 4 },
}

/** An order step over HTTP against node:http with the same transaction, 16 connections, servers in their own processes. */
export function benchHttpStep(size: Size): Promise<Result[]> {
  const { batch, rounds } = SIZES[size]
  return inFolder(async (folder) => {
    const file = (name: string) => join(folder, `${name}.db`)
    fillShop(file('shop'), { orders: batch * (rounds / RAW_STEPS.length + 1), fresh: true })
    copyFileSync(file('shop'), file('floor'))
    const shop = await startChild<ServerHello>('http-shop-server.ts', [file('shop')])
    const bytes = await answerBytes(shop.hello)
    const bare = await startChild<ServerHello>('http-bare-server.ts', [file('floor'), String(bytes)])
    const ours = await openClient(shop.hello.port, shop.hello.token)
    const theirs = await openClient(bare.hello.port, bare.hello.token)
    const sides = [walk(ours, batch), walk(theirs, batch)] as const
    await takeTurns(...sides, RAW_STEPS.length)
    const measured = await takeTurns(...sides, rounds)
    for (const client of [ours, theirs]) client.close()
    for (const child of [shop, bare]) await child.stop()
    return [rateResult('order step, HTTP', measured, { goal: 0.5, aim: 0.65 }, 'requests/s')]
  })
}

async function answerBytes({ port, token }: ServerHello): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  const response = await fetch(`http://127.0.0.1:${port}/api/orders/${FIRST_ORDER}`, { headers })
  return (await response.arrayBuffer()).byteLength
}

function walk(client: HttpClient, batch: number): Side {
  let runs = 0
  return {
    async run() {
      const which = runs % RAW_STEPS.length
      const first = FIRST_ORDER + Math.floor(runs / RAW_STEPS.length) * batch
      runs += 1
      const step = RAW_STEPS[which]?.step
      const body = JSON.stringify({
        step,
        version: which + 1,
        ...(step === 'dispatch' && { noTracking: true }),
      })
      const calls = Array.from({ length: batch }, (_, i): Call => {
        return { method: 'POST', path: `/api/orders/${first + i}/steps`, body }
      })
      return (await client.run(calls)).length
    },
  }
}
