import { cleanUrl } from './entities/link.ts'
import { badRequest } from './refusal.ts'

/** Where a button is to be shown. */
export interface ButtonPlace {
  private: boolean
  invoice: boolean
  /** The first button of the first row. */
  first: boolean
}

const actions = [
  ...['url', 'callback_data', 'web_app', 'login_url', 'disabled', 'copy_text', 'callback_game', 'pay'],
  ...['switch_inline_query', 'switch_inline_query_current_chat', 'switch_inline_query_chosen_chat'],
]
const styles = ['danger', 'success', 'primary']

/** Throws Telegram's refusal of a malformed inline button. */
export function checkInlineButton(value: unknown, place: ButtonPlace): void {
  if (typeof value !== 'object' || value === null) {
    throw badRequest("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
  }
  const button = value as Record<string, unknown>
  if (typeof button.text !== 'string') {
    throw badRequest('can\'t parse inline keyboard button: Field "text" must be of type String')
  }
  if (button.text === '') throw badRequest('inline keyboard button text must be non-empty')
  if (button.style !== undefined && !styles.includes(String(button.style)))
    throw badRequest('BUTTON_STYLE_INVALID')
  const given = actions.filter((name) => button[name] !== undefined && button[name] !== false)
  if (given.length === 0) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
  }
  // Telegram silently takes the first of several; here that is a mistake to be heard of.
  if (given.length > 1) throw badRequest('BUTTON_TYPE_INVALID')
  checkAction(button, place)
}

function checkAction(button: Record<string, unknown>, place: ButtonPlace): void {
  if (button.callback_data !== undefined) checkCallbackData(button.callback_data)
  if (button.url !== undefined && cleanUrl(String(button.url)) === undefined) {
    throw badRequest(`inline keyboard button URL '${String(button.url)}' is invalid: Wrong HTTP URL`)
  }
  if (button.copy_text !== undefined) checkCopyText(button.copy_text)
  if (button.web_app !== undefined) {
    if (!place.private) throw badRequest('BUTTON_TYPE_INVALID')
    checkWebAppUrl(button.web_app, 'inline keyboard button Web App URL')
  }
  if (button.pay) {
    if (!place.invoice) throw badRequest('BUTTON_TYPE_INVALID')
    if (!place.first) throw badRequest('BUTTON_POS_INVALID')
  }
}

function checkCallbackData(data: unknown): void {
  const size = typeof data === 'string' ? Buffer.byteLength(data) : 0
  if (size < 1 || size > 64) throw badRequest('BUTTON_DATA_INVALID')
}

function checkCopyText(value: unknown): void {
  const text = (value as { text?: unknown } | null)?.text
  if (typeof text !== 'string' || text.length < 1 || text.length > 256)
    throw badRequest('BUTTON_COPY_TEXT_INVALID')
}

/** Mini Apps need https; plain http is taken from this machine alone, which is the sandbox's one leniency. */
export function checkWebAppUrl(value: unknown, what: string): string {
  const url = (value as { url?: unknown } | null)?.url
  const text = typeof url === 'string' ? url : ''
  if (!URL.canParse(text) && cleanUrl(text) === undefined) {
    throw badRequest(`${what} '${text}' is invalid: Wrong HTTP URL`)
  }
  if (!isSecure(text)) throw badRequest(`${what} '${text}' is invalid: Only HTTPS links are allowed`)
  return text
}

/** https anywhere, or http on this machine. */
export function isSecure(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return (
    protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  )
}
