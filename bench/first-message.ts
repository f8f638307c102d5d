import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startTelegram, type Telegram } from '../sandbox/telegram/driver.ts'
import { startChild } from './child.ts'
import { fillShop } from './fill.ts'
import { inFolder } from './folder.ts'
import { median, quantile, type Result, type Size, spread } from './measure.ts'
import { post, signInOwner } from './sign-in.ts'

const FIRST_CUSTOMER = 500_002
const FIRST_ORDER = 1001
/** Below the shop's own pace towards Telegram, so that nothing queues. */
const PAUSE_MS = 120
const SIZES = {
  full: { orders: 150, settleMs: 6_000 },
  quick: { orders: 50, settleMs: 6_000 },
  smallest: { orders: 6, settleMs: 0 },
}

interface OrderAnswer {
  customer: { telegramId: number }
  timeline: { type: string; at: number }[]
}

/** From the commit of a step until Telegram has the customer's message, when nothing else waits. */
export function benchFirstMessage(size: Size): Promise<Result[]> {
  const { orders, settleMs } = SIZES[size]
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
    // What the greetings cost of Telegram's pace is made up first.
    await pause(settleMs)
    const token = await signInOwner(shop.hello.port, telegram)
    const orderUrl = `http://127.0.0.1:${shop.hello.port}/api/orders`
    const waits: number[] = []
    for (let i = 0; i < orders; i++) {
      const step = { step: 'accept', version: 1 }
      const answer = await post<OrderAnswer>(`${orderUrl}/${FIRST_ORDER + i}/steps`, step, token)
      await telegram.person({ id: answer.customer.telegramId, firstName: 'P' }).sees(/is accepted/)
      waits.push(waitOf(telegram, answer))
      await pause(PAUSE_MS)
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
  const shop = `p50 ${median(waits)} ms, p99 ${p99} ms`
  return {
    ...spread('first message after a step, p99', waits),
    unit: 'ms',
    value: p99,
    goal: 100,
    better: 'low',
    shop,
    floor: '',
  }
}
