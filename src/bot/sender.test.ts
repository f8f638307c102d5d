import { type Api, GrammyError } from 'grammy'
import { expect, it } from 'vitest'
import { settableClock } from '../lib/clock.ts'
import type { Outcome, TelegramDelivery } from '../shop/notifications/channel.ts'
import { createPace } from './pace.ts'
import { createSender } from './sender.ts'

/** What the dispatcher hears when Telegram refuses with these words, first as a new message, then as an edit. */
async function outcomesOf(error_code: number, description: string): Promise<Outcome[]> {
  const refuse = () => {
    throw new GrammyError('refused', { ok: false, error_code, description }, 'method', {})
  }
  const api = { sendMessage: refuse, editMessageText: refuse } as unknown as Api
  const clock = settableClock()
  const send = createSender({ api, pace: createPace(clock), clock, panelUrl: undefined })
  const message = { html: 'Order', buttons: [], silent: false }
  const delivery: Omit<TelegramDelivery, 'messageId'> = { chat: { id: 501, threadId: null }, message }
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
