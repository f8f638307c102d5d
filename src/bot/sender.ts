import { type Api, GrammyError, HttpError } from 'grammy'
import type { InlineKeyboardButton } from 'grammy/types'
import type { Clock } from '../lib/clock.ts'
import { timeLimit } from '../lib/time-limit.ts'
import type { Outcome, Send, TelegramDelivery } from '../shop/notifications/channel.ts'
import type { Invoice, NoticeButton, NoticeMessage } from '../shop/notifications/message.ts'
import { callbackData } from './callback-data.ts'
import type { Pace } from './pace.ts'
import { isBeyondDeleting, isBeyondEditing, isNotModified } from './telegram-errors.ts'

const SEND_TIMEOUT_MS = 8_000

export interface SenderParts {
  api: Api
  pace: Pace
  clock: Clock
  /** Where the panel is; buttons to it are left out where Telegram would refuse them. */
  panelUrl: string | undefined
}

/** Makes the function that hands notices to Telegram, and reads from its answer what to do next. */
export function createSender(parts: SenderParts): Send<TelegramDelivery> {
  return async (delivery) => {
    const ms = parts.pace.waitMs(delivery.chat.id)
    if (ms > 0) return { kind: 'later', until: parts.clock.now() + ms }
    const limit = timeLimit(parts.clock, SEND_TIMEOUT_MS)
    try {
      // grammY asks for its own AbortSignal type; at run time it is the same one.
      return await hand(parts, delivery, limit.signal as never)
    } catch (error) {
      return outcomeOf(error, parts.pace, delivery)
    } finally {
      limit.end()
    }
  }
}

async function hand(parts: SenderParts, delivery: TelegramDelivery, signal: never): Promise<Outcome> {
  const { chat, message, messageId } = delivery
  const { api, panelUrl } = parts
  if (message === null) {
    if (messageId !== null) await api.deleteMessage(chat.id, messageId, signal)
    return { kind: 'sent', answer: 'taken away' }
  }
  if (message.invoice) return handInvoice(parts, delivery, message.invoice, signal)
  const options = optionsOf(message, chat.id < 0, panelUrl)
  if (messageId !== null) {
    await api.editMessageText(chat.id, messageId, message.html, options, signal)
    return { kind: 'sent', answer: 'changed', messageId }
  }
  const other = {
    ...options,
    disable_notification: message.silent,
    ...(chat.threadId !== null && { message_thread_id: chat.threadId }),
  }
  const sent = await api.sendMessage(chat.id, message.html, other, signal)
  return { kind: 'sent', answer: `message ${sent.message_id}`, messageId: sent.message_id }
}

/** An invoice stays as it was sent: what is to be paid is asked anew before the money moves. */
async function handInvoice(
  { api }: SenderParts,
  { chat, message, messageId }: TelegramDelivery,
  invoice: Invoice,
  signal: never,
): Promise<Outcome> {
  if (messageId !== null) return { kind: 'sent', answer: 'an invoice is never changed', messageId }
  const { title, description, payload, currency, amountMinor, startParameter } = invoice
  const prices = [{ label: title, amount: amountMinor }]
  const other = {
    // Without it a forwarded copy could be paid by anybody.
    start_parameter: startParameter,
    disable_notification: message?.silent ?? false,
  }
  const sent = await api.sendInvoice(chat.id, title, description, payload, currency, prices, other, signal)
  return { kind: 'sent', answer: `invoice ${sent.message_id}`, messageId: sent.message_id }
}

function optionsOf(message: NoticeMessage, inGroup: boolean, panelUrl: string | undefined) {
  const rows = message.buttons.map((row) => row.flatMap((one) => toTelegram(one, inGroup, panelUrl) ?? []))
  return {
    parse_mode: 'HTML',
    reply_markup: { inline_keyboard: rows.filter((row) => row.length > 0) },
    link_preview_options: { is_disabled: true },
  } as const
}

function toTelegram(
  button: NoticeButton,
  inGroup: boolean,
  panelUrl: string | undefined,
): InlineKeyboardButton | undefined {
  const text = button.label
  switch (button.action) {
    case 'open_order':
      return { text, callback_data: callbackData.openOrder(button.orderId) }
    case 'rate':
      return { text, callback_data: callbackData.rate(button.orderId, button.rating) }
    case 'step':
      return { text, callback_data: callbackData.step(button.orderId, button.version, button.step) }
    case 'undo':
      return { text, callback_data: callbackData.undo(button.orderId, button.version) }
    case 'snooze':
      return { text, callback_data: callbackData.snooze(button.orderId, button.minutes) }
    case 'answer_customer':
      return { text, callback_data: callbackData.answerCustomer(button.orderId) }
    case 'write_to_shop':
      return { text, callback_data: callbackData.replyToShop(button.orderId) }
    case 'copy':
      return { text, copy_text: { text: button.text } }
    case 'open_link':
      return { text, url: button.url }
    case 'pay':
      return { text, callback_data: callbackData.pay(button.orderId) }
    case 'settle_matter':
      return { text, callback_data: callbackData.settleMatter(button.entryId, button.decision) }
    case 'settle_order':
      return { text, callback_data: callbackData.settleOrder(button.orderId, button.decision) }
    case 'confirm_refund':
    case 'retry_refund':
    case 'refund_by_hand':
      return { text, callback_data: callbackData.changeRefund(button.entryId, button.action) }
    case 'decide_proof':
      return { text, callback_data: callbackData.decideProof(button.proofId, button.decision) }
    case 'send_receipt':
      return { text, callback_data: callbackData.sendReceipt(button.orderId) }
    case 'open_panel':
      return panelButton(text, panelUrl && `${panelUrl}${button.path}`, inGroup)
  }
}

/** Telegram opens Mini Apps from private chats only; in a group the button leads to the panel in the browser. */
function panelButton(
  text: string,
  url: string | undefined,
  inGroup: boolean,
): InlineKeyboardButton | undefined {
  if (!url) return undefined
  return inGroup ? { text, url } : { text, web_app: { url } }
}

function outcomeOf(error: unknown, pace: Pace, { chat, messageId, message }: TelegramDelivery): Outcome {
  if (error instanceof HttpError) return { kind: 'retry', answer: 'Telegram did not answer' }
  if (!(error instanceof GrammyError)) throw error
  const { error_code: code, description, parameters } = error
  const answer = `${code} ${description}`
  if (code === 429) {
    const ms = (parameters.retry_after ?? 1) * 1000
    pace.hold(chat.id, ms)
    return { kind: 'wait', ms, answer }
  }
  if (parameters.migrate_to_chat_id !== undefined) {
    return { kind: 'retry', answer, movedTo: parameters.migrate_to_chat_id }
  }
  // A card that already looks like that, or that its reader has deleted, is no message that failed to arrive.
  if (messageId !== null && (isNotModified(error) || isBeyondEditing(error))) {
    return { kind: 'sent', answer, messageId }
  }
  if (message === null && isBeyondDeleting(error)) return { kind: 'sent', answer }
  if (chat.id < 0 && isGoneForGroup(code, description)) return { kind: 'final', answer, ended: answer }
  if (code === 403) return { kind: 'final', answer, reach: blockedOrGone(description) }
  if (description.includes('chat not found')) return { kind: 'final', answer, reach: 'gone' }
  if (code === 401)
    return { kind: 'retry', answer, trouble: 'Telegram no longer accepts the token of the bot.' }
  if (code >= 500 || code === 409) return { kind: 'retry', answer }
  return { kind: 'final', answer }
}

function isGoneForGroup(code: number, description: string): boolean {
  return (
    code === 403 ||
    /chat not found|message thread not found|TOPIC_DELETED|not enough rights/.test(description)
  )
}

function blockedOrGone(description: string): 'blocked' | 'gone' {
  return description.includes('blocked') ? 'blocked' : 'gone'
}
