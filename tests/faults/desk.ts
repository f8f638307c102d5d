import { setTimeout as pause } from 'node:timers/promises'
import type { OrderDetail, OrderList, OrderSummary } from '../../src/http/contract/order.ts'
import type { Random } from './random.ts'

/** A command sent to the shop; `status` is undefined when no answer came. */
export interface Sent {
  key: string
  orderId: number
  status: number | undefined
}

export interface Desk {
  sent: Sent[]
  /** Works on orders until told to stop. */
  keepWorking(stopped: () => boolean): Promise<void>
}

const NEXT: Record<string, string> = {
  placed: 'accept',
  accepted: 'pack',
  packing: 'dispatch',
  dispatched: 'deliver',
}

/** A member of staff at the panel, who takes steps, undoes and cancels some, and asks again when no answer came. */
export function openDesk(token: string, random: Random, port: () => Promise<number>): Desk {
  const sent: Sent[] = []

  async function call(path: string, body?: object, key?: string): Promise<Response | undefined> {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(key && { 'idempotency-key': key }),
    }
    const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
    return fetch(`http://127.0.0.1:${await port()}/api${path}`, init).catch(() => undefined)
  }

  async function command(orderId: number, path: string, body: object): Promise<OrderDetail | undefined> {
    const one: Sent = { key: `${random.next()}`, orderId, status: undefined }
    sent.push(one)
    // Asked again with the same key, a command that was applied before the crash changes nothing.
    for (let tries = 0; tries < 3; tries++) {
      const response = await call(`/orders/${orderId}/${path}`, body, one.key)
      const detail = await response?.json().catch(() => undefined)
      if (response && detail) {
        one.status = response.status
        return response.ok ? (detail as OrderDetail) : undefined
      }
      if (random.chance(0.5)) return undefined
    }
    return undefined
  }

  async function workOn(order: OrderSummary): Promise<void> {
    const { number, version, fulfilment } = order
    const cancels = random.chance(0.06) && fulfilment !== 'dispatched'
    const step = cancels ? 'cancel' : NEXT[fulfilment]
    const after = await command(number, 'steps', {
      step,
      version,
      ...(step === 'dispatch' && { noTracking: true }),
      ...(cancels && { money: random.pick(['keep', 'later']) }),
    })
    if (after && random.chance(0.15)) await command(number, 'undo', { version: after.version })
  }

  async function keepWorking(stopped: () => boolean): Promise<void> {
    while (!stopped()) {
      const response = await call('/orders?limit=100')
      const list = (await response?.json().catch(() => undefined)) as OrderList | undefined
      const open = list?.orders.filter((order) => NEXT[order.fulfilment]) ?? []
      if (open.length > 0) await workOn(random.pick(open))
      await pause(random.between(20, 120))
    }
  }

  return { sent, keepWorking }
}
