import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { startChild } from './child.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import type { ServerHello } from './http-step.ts'
import { median, type Result, rateResult, type Side, type Size, takeTurns } from './measure.ts'

const PATH = '/api/orders?limit=50'
const SIZES = {
  full: { times: 200, rounds: 20 },
  quick: { times: 200, rounds: 6 },
  smallest: { times: 5, rounds: 1 },
}

interface Answer {
  bytes: number
  tag: string
}

/** A list of 50 orders that the browser has already, against the same list sent: plain, and compressed. */
export function benchBriefAnswers(size: Size): Promise<Result[]> {
  const { times, rounds } = SIZES[size]
  return inFolder(async (folder) => {
    const file = join(folder, 'shop.db')
    fillShop(file, { orders: 1_000 })
    const server = await startChild<ServerHello>('http-shop-server.ts', [file])
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ask = (headers: Record<string, string>) => get(server.hello, agent, headers)
    const { tag } = await ask({})
    const known = { 'if-none-match': tag, 'accept-encoding': 'gzip' }
    const results: Result[] = []
    for (const [name, headers] of [
      ['plain', {}],
      ['compressed', { 'accept-encoding': 'gzip' }],
    ] as const) {
      const sides = [side(times, () => ask(known)), side(times, () => ask(headers))] as const
      await takeTurns(...sides, 3)
      const measured = await takeTurns(...sides, rounds)
      const bytes = (await ask(headers)).bytes
      results.push(resultOf(`50 orders not sent again / sent ${name}, ${bytes} bytes`, measured))
    }
    agent.destroy()
    await server.stop()
    return results
  })
}

function side(times: number, ask: () => Promise<Answer>): Side {
  return {
    async run() {
      for (let i = 0; i < times; i++) await ask()
      return times
    },
  }
}

function resultOf(name: string, measured: Awaited<ReturnType<typeof takeTurns>>): Result {
  const micros = (rates: number[]) => `${Math.round(1e6 / median(rates))} µs`
  const result = rateResult(name, measured, { goal: 1, aim: 1 }, 'requests/s')
  return { ...result, shop: micros(measured.shop), floor: micros(measured.floor) }
}

function get({ port, token }: ServerHello, agent: Agent, more: Record<string, string>): Promise<Answer> {
  const headers = { authorization: `Bearer ${token}`, ...more }
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path: PATH, agent, headers }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('end', () => resolve({ bytes, tag: String(response.headers.etag) }))
    })
    asked.once('error', reject).end()
  })
}
