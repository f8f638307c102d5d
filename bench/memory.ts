import { dirname } from 'node:path'
import { startTelegram, type Telegram } from '../sandbox/telegram/driver.ts'
import { startChild } from './child.ts'
import { sharedShop } from './fill.ts'
import { type Call, openClient } from './http-client.ts'
import type { ServerHello } from './http-step.ts'
import { compile, imageEnv } from './image-env.ts'
import { type Result, type Size, spread } from './measure.ts'
import { signInOwner } from './sign-in.ts'

const FIRST_ORDER = 1001
const FIRST_CUSTOMER = 500_002
const MB = 1_000_000
const PEOPLE = 20
/** Every twentieth of the newest orders waits (fill.ts); so many of them are accepted each round. */
const EVERY = 20
const ACCEPTED = 5
const SIZES = {
  full: { orders: 1_000_000, panels: 200, rounds: 20, pages: 200 },
  quick: { orders: 100_000, panels: 200, rounds: 5, pages: 200 },
  smallest: { orders: 100, panels: 3, rounds: 1, pages: 5 },
}

/** The most memory the whole shop takes while its panels are open and lists, orders and chats in use, beside a bare process. */
export async function benchMemory(size: Size): Promise<Result[]> {
  const { orders, panels, rounds, pages } = SIZES[size]
  const data = dirname(sharedShop(orders))
  const node = imageEnv(data)
  const telegram = await startTelegram({ flood: false, remember: 2_000 })
  const args = [data, telegram.token, telegram.apiRoot]
  compile(node, 'chat-shop.ts', 'memory-bare.ts')
  const shop = await startChild<ServerHello>('chat-shop.ts', args, node)
  const { port } = shop.hello
  const token = await signInOwner(port, telegram)
  const open = await startChild('live-panels.ts', [String(port), token, String(panels)])
  const client = await openClient(port, token)
  const taken: number[] = []
  for (let round = 0; round < rounds; round++) {
    await client.run(callsOf(round, { orders, pages }))
    await chat(telegram, round)
    taken.push((await shop.ask<number>('memory')) / MB)
  }
  client.close()
  for (const child of [open, shop]) await child.stop()
  await telegram.stop()
  return [
    toResult(
      `memory at ${orders.toLocaleString('en')} orders and ${panels} panels`,
      taken,
      await bareMemory(node),
    ),
  ]
}

/** What panels ask for: pages and orders from all over the history, the catalogue, and steps with those that wait. */
function callsOf(round: number, { orders, pages }: { orders: number; pages: number }): Call[] {
  const get = (path: string): Call => ({ method: 'GET', path: `/api/${path}` })
  const reads = Array.from({ length: pages }, (_, i) => {
    const number = FIRST_ORDER + (((round * pages + i) * 7_919) % orders)
    return [get(`orders?stage=delivered&before=${number}&limit=50`), get(`orders/${number}`)]
  })
  const others = ['orders/counters', 'products?limit=50', 'notices/overview?period=day'].map(get)
  const steps = Array.from({ length: ACCEPTED }, (_, i): Call => {
    const number = FIRST_ORDER - 1 + orders - (round * ACCEPTED + i) * EVERY
    return { method: 'POST', path: `/api/orders/${number}/steps`, body: '{"step":"accept","version":1}' }
  })
  return [...reads.flat(), ...others, ...steps]
}

async function chat(telegram: Telegram, round: number): Promise<void> {
  const people = Array.from({ length: PEOPLE }, (_, i) =>
    telegram.person({ id: FIRST_CUSTOMER + ((round * PEOPLE + i) % 100), firstName: `P${i}` }),
  )
  await Promise.all(
    people.map(async (person) => {
      await person.send('/start')
      await person.sees(/./)
      for (const screen of ['i', 'h']) await person.pressData(screen, undefined, { timeout: 30_000 })
    }),
  )
}

async function bareMemory(node: Record<string, string>): Promise<number> {
  const bare = await startChild('memory-bare.ts', [], node)
  const taken = (await bare.ask<number>('memory')) / MB
  await bare.stop()
  return taken
}

function toResult(name: string, taken: number[], bare: number): Result {
  const most = Math.max(...taken)
  return {
    ...spread(name, taken),
    value: most,
    unit: 'MB',
    goal: 200,
    better: 'low',
    timesFloor: most / bare,
    shop: `${taken.at(-1)?.toFixed(0)} MB at the end`,
    floor: `${bare.toFixed(0)} MB`,
  }
}
