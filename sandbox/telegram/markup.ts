import type { InlineKeyboardMarkup, ReplyKeyboardMarkup } from '@grammyjs/types'
import { checkInlineButton } from './inline-button.ts'
import type { Params } from './params.ts'
import { badRequest } from './refusal.ts'
import type { ChatState } from './state.ts'

/** What a call attached; only the inline kind becomes part of the message. */
export interface Attached {
  inline?: InlineKeyboardMarkup
  keyboard?: ReplyKeyboardMarkup | 'remove'
}

const maxButtons = 100
const maxPerRow = 8
const privateOnly = [
  'request_contact',
  'request_location',
  'request_users',
  'request_chat',
  'request_poll',
  'web_app',
]

/** Reads and checks `reply_markup` of a new message. */
export function readMarkup(params: Params, chat: ChatState, options: { invoice?: boolean } = {}): Attached {
  const markup = readObject(params)
  if (!markup) return {}
  if ('inline_keyboard' in markup) return { inline: readInline(markup, chat, options.invoice ?? false) }
  if ('keyboard' in markup) return { keyboard: readKeyboard(markup, chat) }
  if (markup.remove_keyboard === true) return { keyboard: 'remove' }
  return {}
}

/** Reads `reply_markup` of an edit or an invoice, where nothing but inline buttons will do. */
export function readInlineMarkup(
  params: Params,
  chat: ChatState,
  options: { invoice?: boolean } = {},
): InlineKeyboardMarkup | undefined {
  const markup = readObject(params)
  if (!markup) return undefined
  if (!('inline_keyboard' in markup)) throw badRequest('inline keyboard expected')
  const inline = readInline(markup, chat, options.invoice ?? false)
  return inline.inline_keyboard.length > 0 ? inline : undefined
}

function readObject(params: Params): Record<string, unknown> | undefined {
  if (!params.has('reply_markup') || params.values.reply_markup === '') return undefined
  const markup = parsed(params)
  if (typeof markup !== 'object' || markup === null || Array.isArray(markup)) {
    throw badRequest('object expected as reply markup')
  }
  return markup as Record<string, unknown>
}

function parsed(params: Params): unknown {
  try {
    return params.json('reply_markup')
  } catch {
    throw badRequest("can't parse reply keyboard markup JSON object")
  }
}

function readInline(
  markup: Record<string, unknown>,
  chat: ChatState,
  invoice: boolean,
): InlineKeyboardMarkup {
  const rows = readRows(markup.inline_keyboard, 'inline_keyboard')
  for (const [row, buttons] of rows.entries()) {
    for (const [column, button] of buttons.entries()) {
      checkInlineButton(button, {
        private: chat.person !== undefined,
        invoice,
        first: row === 0 && column === 0,
      })
    }
  }
  if (invoice && rows[0] && !(rows[0][0] as { pay?: boolean }).pay) throw badRequest('REPLY_MARKUP_BUY_EMPTY')
  return { inline_keyboard: rows as unknown as InlineKeyboardMarkup['inline_keyboard'] }
}

function readKeyboard(markup: Record<string, unknown>, chat: ChatState): ReplyKeyboardMarkup {
  const rows = readRows(markup.keyboard, 'keyboard')
  if (rows.length === 0) throw badRequest('reply keyboard must be non-empty')
  for (const button of rows.flat()) checkKeyboardButton(button, chat)
  return { ...markup, keyboard: rows as unknown as ReplyKeyboardMarkup['keyboard'] }
}

function checkKeyboardButton(button: unknown, chat: ChatState): void {
  const fields = (typeof button === 'string' ? { text: button } : button) as Record<string, unknown>
  if (typeof fields.text !== 'string' || fields.text === '')
    throw badRequest('keyboard button text must be non-empty')
  const special = privateOnly.filter((name) => fields[name] !== undefined && fields[name] !== false)
  if (special.length > 1) throw badRequest('BUTTON_TYPE_INVALID')
  if (special.length > 0 && !chat.person) throw badRequest('BUTTON_TYPE_INVALID')
}

/** Rows of buttons without empty rows, and not more than Telegram shows. */
function readRows(value: unknown, name: string): unknown[][] {
  if (!Array.isArray(value)) throw badRequest(`can't parse ${name}: Field "${name}" must be of type Array`)
  const rows = value.map((row: unknown) => {
    if (!Array.isArray(row)) throw badRequest(`can't parse ${name}: expected an Array of Array`)
    return row as unknown[]
  })
  const filled = rows.filter((row) => row.length > 0)
  const tooWide = name === 'inline_keyboard' && filled.some((row) => row.length > maxPerRow)
  if (tooWide || filled.flat().length > maxButtons) throw badRequest('reply markup is too long')
  return filled
}
