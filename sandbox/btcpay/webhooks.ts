import { createHmac, randomBytes } from 'node:crypto'
import type { Clock } from '../../src/lib/clock.ts'

const SECOND_MS = 1_000
/** As BTCPay Server tries again: after ten seconds, a minute, and six times ten minutes. */
const PAUSES_MS = [10, 60, 600, 600, 600, 600, 600, 600].map((seconds) => seconds * SECOND_MS)

export interface Delivery {
  deliveryId: string
  originalDeliveryId: string
  isRedelivery: boolean
  type: string
  body: string
}

export interface WebhookParts {
  clock: Clock
  storeId: string
  secret: string
}

export type Webhooks = ReturnType<typeof createWebhooks>

/** Tells the shop what happens: signed, one after another, and again until it answers with 2xx. */
export function createWebhooks({ clock, storeId, secret }: WebhookParts) {
  const webhookId = randomBytes(8).toString('hex')
  let url: string | undefined
  let isHeld = false
  let waiting: Delivery[] = []
  let working: Promise<void> | undefined
  const answers: { type: string; status: number }[] = []

  function add(type: string, more: object): void {
    const id = randomBytes(10).toString('hex')
    const head = { deliveryId: id, webhookId, originalDeliveryId: id, isRedelivery: false, type }
    const body = JSON.stringify({ ...head, timestamp: Math.floor(clock.now() / 1000), storeId, ...more })
    waiting.push({ deliveryId: id, originalDeliveryId: id, isRedelivery: false, type, body })
    work()
  }

  function work(): void {
    if (isHeld || working || !url || waiting.length === 0) return
    working = workOff().finally(() => {
      working = undefined
      work()
    })
  }

  async function workOff(): Promise<void> {
    for (let next = waiting.shift(); next; next = isHeld ? undefined : waiting.shift()) {
      if (!isTaken(await send(next))) tryAgain(next, 0)
    }
  }

  /** Like the real one, it forgets what it has given up or what was waiting when it is stopped. */
  function tryAgain(delivery: Delivery, tries: number): void {
    const pause = PAUSES_MS[tries]
    if (pause === undefined) return
    clock.after(pause, () => {
      const again = send(redeliveryOf(delivery)).then((status) => {
        if (!isTaken(status)) tryAgain(delivery, tries + 1)
      })
      working = Promise.all([working, again]).then(() => {
        working = undefined
        work()
      })
    })
  }

  /** Posts it now, whatever else waits. Resolves to the status of the answer; 0 when there was none. */
  async function send(delivery: Delivery, signature = sign(delivery.body)): Promise<number> {
    const headers = { 'content-type': 'application/json', 'BTCPay-Sig': signature }
    const status = await fetch(url ?? '', {
      method: 'POST',
      body: delivery.body,
      headers,
      redirect: 'error',
    }).then(
      (answer) => answer.status,
      () => 0,
    )
    answers.push({ type: delivery.type, status })
    return status
  }

  function sign(body: string): string {
    return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
  }

  return {
    add,
    send,
    sign,
    /** Where to post to; nothing is posted before. */
    target(to: string): void {
      url = to
      work()
    },
    /** Keeps what is to be told from now on. */
    hold(): void {
      isHeld = true
    },
    /** What is kept, oldest first. */
    waiting: () => [...waiting],
    /** What is kept never arrives. */
    lose(): void {
      waiting = []
    },
    /** Tells what was kept, and all that follows. */
    release(): void {
      isHeld = false
      work()
    },
    /** Each answer of the shop, oldest first. */
    answers: () => [...answers],
    /** Resolves when nothing is on its way. */
    async idle(): Promise<void> {
      while (working) await working
    },
    stop(): void {
      url = undefined
      waiting = []
    },
  }
}

/** The same news under a new name, as the button "redeliver" sends it. */
export function redeliveryOf(delivery: Delivery): Delivery {
  const deliveryId = randomBytes(10).toString('hex')
  const body = { ...JSON.parse(delivery.body), deliveryId, isRedelivery: true }
  return { ...delivery, deliveryId, isRedelivery: true, body: JSON.stringify(body) }
}

function isTaken(status: number): boolean {
  return status >= 200 && status < 300
}
