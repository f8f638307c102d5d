import type { Clock } from '../../src/lib/clock.ts'
import { badRequest } from './refusal.ts'

/** Milliseconds the bot has for an answer. Telegram's for callbacks is not published; 15 s is what bots report. */
export const callbackWindow = 15_000
export const checkoutWindow = 10_000

export interface CallbackAnswer {
  text?: string
  alert: boolean
  url?: string
}

export interface CheckoutAnswer {
  ok: boolean
  error?: string
  shippingOptions?: { id: string; title: string; prices: { label: string; amount: number }[] }[]
}

type Kind = 'callback' | 'checkout' | 'shipping'

interface Open {
  kind: Kind
  /** With undefined when the time is up. */
  settle: (answer: unknown) => void
  cancel: () => void
}

/** Questions put to the bot that it must answer in time: pressed buttons, shipping and pre-checkout. */
export interface Queries {
  open<Answer>(kind: Kind, ms: number, settle: (answer: Answer | undefined) => void): string
  /** Throws Telegram's refusal when the query is unknown, answered already or too old. */
  answer(kind: Kind, id: string, answer: unknown): void
}

export function createQueries(clock: Clock): Queries {
  const open = new Map<string, Open>()
  let lastId = 4_300_000_000_000_000n

  return {
    open(kind, ms, settle) {
      lastId += 7919n
      const id = String(lastId)
      const expire = (): void => {
        open.delete(id)
        settle(undefined)
      }
      open.set(id, { kind, settle: settle as (answer: unknown) => void, cancel: clock.after(ms, expire) })
      return id
    },
    answer(kind, id, answer) {
      const query = open.get(id)
      if (query?.kind !== kind) {
        throw badRequest('query is too old and response timeout expired or query ID is invalid')
      }
      open.delete(id)
      query.cancel()
      query.settle(answer)
    },
  }
}
