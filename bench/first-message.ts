import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startTelegram, type Telegram } from '../sandbox/telegram/driver.ts'
import type { SignedIn } from '../src/http/contract/session.ts'
import { startChild } from './child.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { median, quantile, type Result } from './measure.ts'

const FIRST_CUSTOMER = 500_002
const FIRST_ORDER = 1001
/** Below the shop's own pace towards Telegram, so that nothing queues. */
const PAUSE_MS = 120

interface OrderAnswer {
  customer: { telegramId: number }
  timeline: { type: string; at: number }[]
}

/** From the commit of a step until Telegram has the customer's message, when nothing else waits. */
export function benchFirstMessage(quick: boolean): Promise<Result[]> {
  const orders = quick ? 50 : 150
  return inFolder(async (folder) => {
    const data = join(folder, 'data')
    mkdirSync(data)
    fillShop(join(data, 'shop.db'), { orders, customers: orders, fresh: true })
    const telegram = await startTelegram({ flood: false })
    for (let i = 0; i <= orders; i++) {
      await telegram.person({ id: FIRST_CUSTOMER - 1 + i, firstName: `P${i}` }).send('/start')
    }
    const shop = await startChild<{ port: number }>('chat-shop.ts', [data, telegram.token, telegram.apiRoot])
    await telegram.idle()
    await new Promise((resolve) => setTimeout(resolve, 6_000))
    const call = await signIn(shop.hello.port, telegram)
    const waits: number[] = []
    for (let i = 0; i < orders; i++) {
      const answer = await call(`/orders/${FIRST_ORDER + i}/steps`, { step: 'accept', version: 1 })
      await telegram.person({ id: answer.customer.telegramId, firstName: 'P' }).sees(/is accepted/)
      waits.push(waitOf(telegram, answer))
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    await shop.stop()
    await telegram.stop()
    return [toResult(waits.slice(5))]
  })
}

function waitOf(telegram: Telegram, { customer, timeline }: OrderAnswer): number {
  const committed = timeline.find((event) => event.type === 'accepted')?.at ?? Number.NaN
  const sent = telegram
    .calls('sendMessage')
    .findLast((one) => Number(one.params.chat_id) === customer.telegramId)
  return (sent?.at ?? Number.NaN) - committed
}

function toResult(waits: number[]): Result {
  const p99 = quantile(waits, 0.99)
  const spread = { min: Math.min(...waits), max: Math.max(...waits) }
  const shop = `p50 ${median(waits)} ms, p99 ${p99} ms`
  return {
    name: 'first message after a step',
    unit: 'ms',
    value: p99,
    ...spread,
    goal: 100,
    aim: 100,
    better: 'low',
    shop,
    floor: '',
  }
}

async function signIn(port: number, telegram: Telegram) {
  const url = `http://127.0.0.1:${port}/api`
  const owner = telegram.person({ id: FIRST_CUSTOMER - 1, firstName: 'P0' })
  const post = async <T>(path: string, body: object, token = ''): Promise<T> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  const { token } = await post<SignedIn>('/session', { initData: owner.initData() })
  return (path: string, body: object) => post<OrderAnswer>(path, body, token)
}
