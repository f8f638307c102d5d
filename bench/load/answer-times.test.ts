import { expect, test } from 'vitest'
import type { ApiCall } from '../../sandbox/telegram/call-log.ts'
import { readAnswerTimes } from './answer-times.ts'

function call(method: string, at: number, params: object, more: Partial<ApiCall> = {}): ApiCall {
  return { method, params: { ...params }, files: [], at, status: 200, ...more }
}

const message = (update_id: number, id: number) => ({ update_id, message: { chat: { id } } })

test('a message is answered by the next words in its chat, a press and a payment by their own answers', () => {
  const polls = [
    call(
      'getUpdates',
      0,
      {},
      { answeredAt: 1_000, result: [message(1, 501), { update_id: 2, callback_query: { id: 'q' } }] },
    ),
    call(
      'getUpdates',
      1_000,
      {},
      { answeredAt: 1_500, result: [{ update_id: 3, pre_checkout_query: { id: 'p' } }] },
    ),
  ]
  const calls = [
    call('sendMessage', 900, { chat_id: 501 }),
    call('sendMessage', 1_040, { chat_id: 502 }),
    call('answerCallbackQuery', 1_030, { callback_query_id: 'q' }),
    call('sendMessage', 1_070, { chat_id: 501 }),
    call('answerPreCheckoutQuery', 1_502, { pre_checkout_query_id: 'p' }),
  ]
  const times = readAnswerTimes(calls, polls)
  expect(times).toMatchObject({ chat: [70, 30], payment: [2], said: 3, unanswered: [] })
})

test('what is not answered is said, as is what Telegram refused; an update that comes again counts from the first time', () => {
  const polls = [1_000, 2_000].map((answeredAt) =>
    call('getUpdates', 0, {}, { answeredAt, result: [message(1, 501)] }),
  )
  const refused = call(
    'editMessageText',
    1_100,
    { chat_id: 502 },
    { status: 429, error: 'Too Many Requests' },
  )
  const silent = readAnswerTimes([refused], polls)
  expect(silent.unanswered).toHaveLength(1)
  expect([...silent.refused]).toEqual([['editMessageText: 429 Too Many Requests to a customer', 1]])
  expect(readAnswerTimes([call('sendMessage', 2_100, { chat_id: 501 })], polls).chat).toEqual([1_100])
})
