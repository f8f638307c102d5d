import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTelegram, type Telegram } from './driver.ts'
import { call } from './fixtures.ts'

let telegram: Telegram
const ana = 501
const stranger = 502
const blocker = 503
const gone = 504
const group = -1001
let plain = 0

const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message'

beforeAll(async () => {
  telegram = await startTelegram({ flood: false })
  await telegram.person({ id: ana, firstName: 'Ana' }).send('/start')
  telegram.person({ id: stranger, firstName: 'Sam' })
  const cem = telegram.person({ id: blocker, firstName: 'Cem' })
  await cem.send('/start')
  cem.block()
  telegram.person({ id: gone, firstName: 'Dee' }).deleteAccount()
  telegram.group({ id: group, title: 'Staff', members: [ana] })
  const sent = await call(telegram, 'sendMessage', { chat_id: ana, text: 'plain' })
  plain = (sent.result as { message_id: number }).message_id
})

afterAll(() => telegram.stop())

function inline(...buttons: object[]): object {
  return { chat_id: ana, text: 'x', reply_markup: { inline_keyboard: [buttons] } }
}

const invoice = {
  chat_id: ana,
  title: 'Tea',
  description: 'Green',
  payload: 'ord_1',
  provider_token: 'TEST',
  currency: 'EUR',
  prices: [{ label: 'Tea', amount: 500 }],
}
const stars = { ...invoice, provider_token: '', currency: 'XTR' }

const refusals = (
  [
    ['sendMessage', { text: 'x' }, 'chat_id is empty'],
    ['sendMessage', { chat_id: 999, text: 'x' }, 'chat not found'],
    ['sendMessage', { chat_id: ana }, 'message text is empty'],
    ['sendMessage', { chat_id: ana, text: ' \n ' }, 'text must be non-empty'],
    ['sendMessage', { chat_id: ana, text: 'x'.repeat(4097) }, 'message is too long'],
    ['sendMessage', { chat_id: ana, text: '😀'.repeat(2049) }, 'message is too long'],
    [
      'sendMessage',
      { chat_id: ana, text: '<b>x', parse_mode: 'HTML' },
      'can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
    ],
    ['sendMessage', { chat_id: ana, text: 'x', parse_mode: 'XML' }, 'unsupported parse_mode'],
    [
      'sendMessage',
      { chat_id: ana, text: 'x', reply_markup: '{' },
      "can't parse reply keyboard markup JSON object",
    ],
    ['sendMessage', { chat_id: ana, text: 'x', reply_markup: [] }, 'object expected as reply markup'],
    [
      'sendMessage',
      { chat_id: ana, text: 'x', reply_parameters: { message_id: 9999 } },
      'message to be replied not found',
    ],
    ['sendMessage', { chat_id: group, text: 'x', message_thread_id: 7 }, 'message thread not found'],
    ['sendMessage', inline({ text: 'a', callback_data: '' }), 'BUTTON_DATA_INVALID'],
    ['sendMessage', inline({ text: 'a', callback_data: 'x'.repeat(65) }), 'BUTTON_DATA_INVALID'],
    ['sendMessage', inline({ text: 'a', callback_data: 'ü'.repeat(33) }), 'BUTTON_DATA_INVALID'],
    [
      'sendMessage',
      inline({ text: '', callback_data: 'x' }),
      'inline keyboard button text must be non-empty',
    ],
    [
      'sendMessage',
      inline({ text: 'a' }),
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ],
    [
      'sendMessage',
      inline({ text: 'a', callback_data: 'x', url: 'https://x.example' }),
      'BUTTON_TYPE_INVALID',
    ],
    [
      'sendMessage',
      inline({ text: 'a', url: 'not a url' }),
      "inline keyboard button URL 'not a url' is invalid: Wrong HTTP URL",
    ],
    [
      'sendMessage',
      inline({ text: 'a', web_app: { url: 'http://x.example' } }),
      "inline keyboard button Web App URL 'http://x.example' is invalid: Only HTTPS links are allowed",
    ],
    [
      'sendMessage',
      { ...inline({ text: 'a', web_app: { url: 'https://x.example' } }), chat_id: group },
      'BUTTON_TYPE_INVALID',
    ],
    ['sendMessage', inline({ text: 'a', copy_text: { text: '' } }), 'BUTTON_COPY_TEXT_INVALID'],
    ['sendMessage', inline({ text: 'a', copy_text: { text: 'x'.repeat(257) } }), 'BUTTON_COPY_TEXT_INVALID'],
    ['sendMessage', inline({ text: 'a', pay: true }), 'BUTTON_TYPE_INVALID'],
    ['sendMessage', inline(...Array(9).fill({ text: 'a', callback_data: 'x' })), 'reply markup is too long'],
    [
      'sendMessage',
      {
        chat_id: ana,
        text: 'x',
        reply_markup: { inline_keyboard: Array(101).fill([{ text: 'a', callback_data: 'x' }]) },
      },
      'reply markup is too long',
    ],
    [
      'sendMessage',
      { chat_id: group, text: 'x', reply_markup: { keyboard: [[{ text: 'a', request_contact: true }]] } },
      'BUTTON_TYPE_INVALID',
    ],
    ['sendPhoto', { chat_id: ana }, 'there is no photo in the request'],
    ['sendPhoto', { chat_id: ana, photo: 'nonsense' }, 'wrong file identifier/HTTP URL specified'],
    ['sendPhoto', { chat_id: ana, photo: 'https://x.example/a.png' }, 'failed to get HTTP URL content'],
    ['sendPhoto', { chat_id: ana, photo: 'x', caption: 'x'.repeat(1025) }, 'message caption is too long'],
    ['sendMediaGroup', { chat_id: ana, media: [] }, 'an album must contain from 2 to 10 items'],
    ['sendChatAction', { chat_id: ana, action: 'dancing' }, 'wrong parameter action in request'],
    ['copyMessage', { chat_id: ana, from_chat_id: ana, message_id: 9999 }, 'message to copy not found'],
    ['editMessageText', { chat_id: ana, message_id: 9999, text: 'x' }, 'message to edit not found'],
    ['editMessageText', { chat_id: ana, message_id: 1, text: 'x' }, "message can't be edited"],
    ['editMessageText', { chat_id: ana, text: 'x' }, 'message identifier is not specified'],
    ['deleteMessage', { chat_id: ana, message_id: 9999 }, 'message to delete not found'],
    [
      'answerCallbackQuery',
      { callback_query_id: '1' },
      'query is too old and response timeout expired or query ID is invalid',
    ],
    [
      'answerPreCheckoutQuery',
      { pre_checkout_query_id: '1', ok: true },
      'query is too old and response timeout expired or query ID is invalid',
    ],
    ['getFile', { file_id: 'nonsense' }, 'invalid file_id'],
    ['sendInvoice', { ...invoice, title: 'x'.repeat(33) }, 'title is too long'],
    ['sendInvoice', { ...invoice, description: '' }, 'description is empty'],
    ['sendInvoice', { ...invoice, payload: 'x'.repeat(129) }, 'INVOICE_PAYLOAD_INVALID'],
    ['sendInvoice', { ...invoice, currency: 'EURO' }, 'CURRENCY_INVALID'],
    ['sendInvoice', { ...invoice, provider_token: '' }, 'PAYMENT_PROVIDER_INVALID'],
    ['sendInvoice', { ...invoice, prices: [] }, 'prices must be non-empty'],
    ['sendInvoice', { ...stars, provider_token: 'TEST' }, 'PAYMENT_PROVIDER_INVALID'],
    ['sendInvoice', { ...stars, prices: [invoice.prices[0], invoice.prices[0]] }, 'STARS_INVOICE_INVALID'],
    [
      'sendInvoice',
      { ...invoice, reply_markup: { inline_keyboard: [[{ text: 'a', callback_data: 'x' }]] } },
      'REPLY_MARKUP_BUY_EMPTY',
    ],
    [
      'sendInvoice',
      {
        ...invoice,
        reply_markup: {
          inline_keyboard: [
            [
              { text: 'a', callback_data: 'x' },
              { text: 'b', pay: true },
            ],
          ],
        },
      },
      'BUTTON_POS_INVALID',
    ],
    ['setMyCommands', { commands: [{ command: 'Shop!', description: 'x' }] }, 'BOT_COMMAND_INVALID'],
    [
      'setMyCommands',
      { commands: [{ command: 'shop', description: '' }] },
      'BOT_COMMAND_DESCRIPTION_INVALID',
    ],
    ['setMyCommands', { commands: [], scope: { type: 'chat', chat_id: 999 } }, 'chat not found'],
    [
      'setChatMenuButton',
      { menu_button: { type: 'web_app', text: 'a', web_app: { url: 'http://x.example' } } },
      "menu button Web App URL 'http://x.example' is invalid: Only HTTPS links are allowed",
    ],
    ['setWebhook', { url: 'http://x.example' }, 'bad webhook: An HTTPS URL must be provided for webhook'],
    [
      'setWebhook',
      { url: 'https://x.example', secret_token: 'a b' },
      'secret token contains unallowed characters',
    ],
  ] as [method: string, params: object, reason: string][]
).map(([method, params, reason]) => ({ method, params, reason }))

describe('400 Bad Request', () => {
  test.each(refusals)('$method: $reason', async ({ method, params, reason }) => {
    expect(await call(telegram, method, params)).toMatchObject({
      status: 400,
      ok: false,
      description: `Bad Request: ${reason}`,
    })
  })

  test('edits of the wrong kind, and edits that change nothing', async () => {
    const edit = { chat_id: ana, message_id: plain }
    const same = await call(telegram, 'editMessageText', { ...edit, text: 'plain' })
    expect(same.description).toBe(`Bad Request: ${notModified}`)
    const caption = await call(telegram, 'editMessageCaption', { ...edit, caption: 'x' })
    expect(caption.description).toBe('Bad Request: there is no caption in the message to edit')
    const keyboard = await call(telegram, 'editMessageReplyMarkup', {
      ...edit,
      reply_markup: { remove_keyboard: true },
    })
    expect(keyboard.description).toBe('Bad Request: inline keyboard expected')
  })

  test('a message with a reply keyboard cannot be edited', async () => {
    const markup = { keyboard: [[{ text: 'Shop' }]] }
    const sent = await call(telegram, 'sendMessage', { chat_id: ana, text: 'x', reply_markup: markup })
    const { message_id } = sent.result as { message_id: number }
    const edited = await call(telegram, 'editMessageText', { chat_id: ana, message_id, text: 'y' })
    expect(edited.description).toBe("Bad Request: message can't be edited")
  })
})

test.each([
  ['sendMessage', stranger, "Forbidden: bot can't initiate conversation with a user"],
  ['sendMessage', blocker, 'Forbidden: bot was blocked by the user'],
  ['sendMessage', gone, 'Forbidden: user is deactivated'],
  ['sendChatAction', blocker, 'Forbidden: bot was blocked by the user'],
])('%s to %i: %s', async (method, chat_id, description) => {
  const answer = await call(telegram, method, { chat_id, text: 'x', action: 'typing' })
  expect(answer).toMatchObject({ status: 403, ok: false, error_code: 403, description })
})

test('unknown methods and wrong tokens', async () => {
  expect(await call(telegram, 'sendTelepathy')).toMatchObject({ status: 404, description: 'Not Found' })
  const other = { apiRoot: telegram.apiRoot, token: '7:wrong' }
  expect(await call(other, 'getMe')).toMatchObject({ status: 401, description: 'Unauthorized' })
  const file = await fetch(`${telegram.apiRoot}/file/bot7:wrong/photos/file_0.png`)
  expect(file.status).toBe(401)
})

test('lengths count after parsing, methods ignore case, and parameters come in any encoding', async () => {
  const long = { chat_id: ana, text: `<b>${'x'.repeat(4096)}</b>`, parse_mode: 'HTML' }
  expect(await call(telegram, 'sendmessage', long)).toMatchObject({ ok: true })
  const base = `${telegram.apiRoot}/bot${telegram.token}/sendMessage`
  const query = await fetch(`${base}?chat_id=${ana}&text=hi%20there`)
  expect(await query.json()).toMatchObject({ ok: true, result: { text: 'hi there' } })
  const form = await fetch(base, {
    method: 'POST',
    body: new URLSearchParams({ chat_id: String(ana), text: 'form' }),
  })
  expect(await form.json()).toMatchObject({ ok: true, result: { text: 'form' } })
})
