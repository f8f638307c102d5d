import { type Api, GrammyError } from 'grammy'
import { expect, it } from 'vitest'
import { settableClock } from '../lib/clock.ts'
import type { Outcome, TelegramDelivery } from '../shop/notifications/channel.ts'
import { createPace } from './pace.ts'
import { createSender } from './sender.ts'

/** What the dispatcher hears when Telegram refuses with these words, first as a new message, then as an edit. */
async function outcomesOf(
  error_code: number,
  description: string,
  { chatId = 501, parameters = {} } = {},
): Promise<Outcome[]> {
  const refuse = () => {
    throw new GrammyError('refused', { ok: false, error_code, description, parameters }, 'method', {})
  }
  const api = { sendMessage: refuse, editMessageText: refuse } as unknown as Api
  const clock = settableClock()
  const send = createSender({ api, pace: createPace(clock), clock, panelUrl: undefined })
  const message = { html: 'Order', buttons: [], silent: false }
  const delivery: Omit<TelegramDelivery, 'messageId'> = { chat: { id: chatId, threadId: null }, message }
  return [await send({ ...delivery, messageId: null }), await send({ ...delivery, messageId: 7 })]
}

const sent = { kind: 'sent', messageId: 7 }

it.each([
  [
    'a card that looks like that already',
    400,
    'Bad Request: message is not modified: the same',
    'final',
    sent,
  ],
  ['a card its reader deleted', 400, 'Bad Request: message to edit not found', 'final', sent],
  ['a broken text', 400, "Bad Request: can't parse entities", 'final', { kind: 'final' }],
  [
    'a reader who blocked the bot',
    403,
    'Forbidden: bot was blocked by the user',
    'final',
    { reach: 'blocked' },
  ],
  ['a reader who is gone', 403, 'Forbidden: user is deactivated', 'final', { reach: 'gone' }],
  ['trouble at Telegram', 502, 'Bad Gateway', 'retry', { kind: 'retry' }],
])('%s', async (_what, code, description, fresh, edited) => {
  expect(await outcomesOf(code, description)).toMatchObject([{ kind: fresh }, edited])
})

it.each([
  [403, 'Forbidden: bot was kicked from the supergroup chat'],
  [400, 'Bad Request: chat not found'],
  [400, 'Bad Request: message thread not found'],
  [400, 'Bad Request: TOPIC_DELETED'],
  [400, 'Bad Request: not enough rights to send text messages to the chat'],
])('a group ends with %s %s', async (code, description) => {
  const [outcome] = await outcomesOf(code, description, { chatId: -1001 })
  expect(outcome).toEqual({
    kind: 'final',
    answer: `${code} ${description}`,
    ended: `${code} ${description}`,
  })
})

it('a topic that is closed for a while does not end', async () => {
  const [outcome] = await outcomesOf(400, 'Bad Request: TOPIC_CLOSED', { chatId: -1001 })
  expect(outcome).toEqual({ kind: 'final', answer: '400 Bad Request: TOPIC_CLOSED' })
})

it('a group that has become a supergroup says where it is now', async () => {
  const description = 'Bad Request: group chat was upgraded to a supergroup chat'
  const parameters = { migrate_to_chat_id: -2002 }
  const [outcome] = await outcomesOf(400, description, { chatId: -1001, parameters })
  expect(outcome).toMatchObject({ kind: 'retry', movedTo: -2002 })
})

it('a token that is refused is a trouble of the shop, not of the message', async () => {
  const [outcome] = await outcomesOf(401, 'Unauthorized')
  expect(outcome).toMatchObject({ kind: 'retry', trouble: expect.stringContaining('token') })
})
