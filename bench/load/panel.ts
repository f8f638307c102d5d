import { get, type IncomingMessage } from 'node:http'
import type { Chance } from '../../sandbox/seed/chance.ts'
import type { OrderList } from '../../src/http/contract/order.ts'
import type { Api } from './api.ts'

/** An open panel: it follows the shop live, and somebody looks around in it. */
export interface Panel {
  /** When each event arrived, by its id; ms since 1970. */
  seen: Map<number, number>
  /** The newest event when it was opened. */
  since: number
  close(): void
}

/** Opens the live stream; resolves once the shop has greeted. Complains when the stream ends before it is closed. */
export async function openPanel(
  port: number,
  token: string,
  complain: (error: unknown) => void,
): Promise<Panel> {
  const seen = new Map<number, number>()
  const hello = Promise.withResolvers<number>()
  let rest = ''
  function take(text: string): void {
    const frames = (rest + text).split('\n\n')
    rest = frames.pop() ?? ''
    for (const frame of frames) {
      const [, id, event] = /^id: (\d+)\nevent: (hello|change)$/m.exec(frame) ?? []
      if (event === 'change') seen.set(Number(id), Date.now())
      if (event === 'hello') hello.resolve(Number(id))
    }
  }
  const stream = await openStream(port, token)
  let closed = false
  stream.setEncoding('utf8').on('data', take)
  stream.on('close', () => {
    if (!closed) complain('a live stream ended by itself')
  })
  const since = await hello.promise
  return {
    seen,
    since,
    close() {
      closed = true
      stream.destroy()
    },
  }
}

function openStream(port: number, token: string): Promise<IncomingMessage> {
  const headers = { authorization: `Bearer ${token}` }
  return new Promise((resolve, reject) => {
    const request = get(
      { host: '127.0.0.1', port, path: '/api/stream', headers, agent: false },
      (response) => {
        if (response.statusCode === 200) resolve(response)
        else reject(new Error(`the stream was answered with ${response.statusCode}`))
      },
    )
    request.once('error', reject)
  })
}

/** What somebody at a panel looks at: the first ones most. */
const PAGES = [
  '/orders?limit=50',
  '/orders?stage=placed&after=0',
  'an order',
  '/orders/counters',
  '/orders?unanswered=1',
  '/orders?search=Ana',
  '/products',
  '/notices/overview',
]

/** Looks at one page of the panel. */
export async function lookAtPanel(api: Api, chance: Chance): Promise<void> {
  const path = chance.pickSkewed(PAGES, 2)
  if (path !== 'an order') return void (await api.get(path))
  const { orders } = await api.get<OrderList>('/orders?limit=50')
  if (orders.length > 0) await api.get(`/orders/${chance.pick(orders).number}`)
}
