import type { Update } from '@grammyjs/types'
import type { ApiCall } from '../../sandbox/telegram/call-log.ts'
import { TEAM } from './team.ts'

export interface AnswerTimes {
  /** From the moment Telegram handed a press or a message out until the first call that answers it, in ms. */
  chat: number[]
  /** The same for the question before a payment. */
  payment: number[]
  /** Messages and edits that Telegram took, which is what its limits count. */
  said: number
  /** Updates that got no answer. */
  unanswered: string[]
  /** Calls that were answered with an error, by what was said. */
  refused: Map<string, number>
}

interface Handed {
  update: Update
  at: number
}

const SAYS = /^(send(?!ChatAction)|edit)/

/** Reads from the sandbox's log of calls how long people waited. */
export function readAnswerTimes(calls: readonly ApiCall[], polls: readonly ApiCall[]): AnswerTimes {
  const toChat = new Map<number, number[]>()
  const toQuery = new Map<string, number>()
  const refused = new Map<string, number>()
  for (const { method, params, at, status, error = '' } of calls) {
    if (status !== 200)
      count(
        refused,
        `${method}: ${status} ${error}${status === 429 ? ` ${kindOf(Number(params.chat_id))}` : ''}`,
      )
    const query = params.callback_query_id ?? params.pre_checkout_query_id
    if (query !== undefined) toQuery.set(String(query), at)
    if (SAYS.test(method)) push(toChat, Number(params.chat_id), at)
  }
  const said = calls.filter(({ method, status }) => SAYS.test(method) && status === 200).length
  const times: AnswerTimes = { chat: [], payment: [], said, unanswered: [], refused }
  for (const { update, at } of handedOut(polls)) {
    const { callback_query: press, pre_checkout_query: payment, message } = update
    const query = press?.id ?? payment?.id
    const answer = query ? toQuery.get(query) : firstAfter(toChat.get(message?.chat.id ?? 0), at)
    if (answer === undefined) times.unanswered.push(JSON.stringify(update).slice(0, 300))
    else times[payment ? 'payment' : 'chat'].push(Math.max(0, answer - at))
  }
  return times
}

/** Each update once, when it was first handed out. */
function handedOut(polls: readonly ApiCall[]): Handed[] {
  const first = new Map<number, Handed>()
  for (const poll of polls) {
    if (!Array.isArray(poll.result)) continue
    for (const update of poll.result as Update[]) {
      if (!first.has(update.update_id))
        first.set(update.update_id, { update, at: poll.answeredAt ?? poll.at })
    }
  }
  return [...first.values()]
}

function kindOf(chatId: number): string {
  if (chatId < 0) return 'in a group'
  return TEAM.some(({ telegramId }) => telegramId === chatId) ? 'to staff' : 'to a customer'
}

function firstAfter(times: readonly number[] = [], at: number): number | undefined {
  return times.find((time) => time >= at)
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const values = map.get(key)
  if (values) values.push(value)
  else map.set(key, [value])
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1)
}
