import { type Api, GrammyError, HttpError } from 'grammy'
import type { InlineKeyboardButton } from 'grammy/types'
import type { Delivery, Outcome, Send } from '../shop/notifications/dispatcher.ts'
import type { NoticeButton } from '../shop/notifications/message.ts'
import { callbackData } from './callback-data.ts'
import type { Pace } from './pace.ts'
import { isBeyondEditing, isNotModified } from './telegram-errors.ts'

const SEND_TIMEOUT_MS = 8_000

export interface SenderParts {
  api: Api
  pace: Pace
  /** Where the panel is; buttons to it are left out where Telegram would refuse them. */
  panelUrl: string | undefined
}

/** Makes the function that hands notices to Telegram, and reads from its answer what to do next. */
export function createSender(parts: SenderParts): Send {
  return async (delivery) => {
    const chatId = delivery.person.telegram_id
    const ms = parts.pace.waitMs(chatId)
    if (ms > 0) return { kind: 'wait', ms, reason: "within Telegram's limits" }
    try {
      return { kind: 'sent', messageId: await sendOrEdit(parts, delivery) }
    } catch (error) {
      return outcomeOf(error, parts.pace, delivery)
    }
  }
}

async function sendOrEdit(parts: SenderParts, delivery: Delivery): Promise<number> {
  const { person, message, messageId } = delivery
  const markup = { inline_keyboard: keyboard(message.buttons, parts.panelUrl) }
  // grammY asks for its own AbortSignal type; at run time it is the same one.
  const signal = AbortSignal.timeout(SEND_TIMEOUT_MS) as never
  const options = {
    parse_mode: 'HTML',
    reply_markup: markup,
    link_preview_options: { is_disabled: true },
  } as const
  if (messageId !== null) {
    await parts.api.editMessageText(person.telegram_id, messageId, message.html, options, signal)
    return messageId
  }
  const other = { ...options, disable_notification: message.silent }
  const sent = await parts.api.sendMessage(person.telegram_id, message.html, other, signal)
  return sent.message_id
}

function keyboard(rows: NoticeButton[][], panelUrl: string | undefined): InlineKeyboardButton[][] {
  return rows
    .map((row) => row.flatMap((button) => toTelegram(button, panelUrl) ?? []))
    .filter((row) => row.length > 0)
}

function toTelegram(button: NoticeButton, panelUrl: string | undefined): InlineKeyboardButton | undefined {
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
    case 'copy':
      return { text, copy_text: { text: button.text } }
    case 'open_panel':
      return panelUrl ? { text, web_app: { url: `${panelUrl}/orders/${button.orderId}` } } : undefined
  }
}

function outcomeOf(error: unknown, pace: Pace, delivery: Delivery): Outcome {
  if (error instanceof HttpError) return { kind: 'retry', reason: 'Telegram did not answer' }
  if (!(error instanceof GrammyError)) throw error
  const { error_code: code, description, parameters } = error
  if (code === 429) {
    const ms = (parameters.retry_after ?? 1) * 1000
    pace.hold(delivery.person.telegram_id, ms)
    return { kind: 'wait', ms, reason: description }
  }
  // A card that already looks like that, or that its reader has deleted, is no message that failed to arrive.
  if (delivery.messageId !== null && (isNotModified(error) || isBeyondEditing(error))) {
    return { kind: 'sent', messageId: delivery.messageId }
  }
  if (code === 403) return { kind: 'final', reason: description, reach: blockedOrGone(description) }
  if (description.includes('chat not found')) return { kind: 'final', reason: description, reach: 'gone' }
  if (code >= 500 || code === 401 || code === 409) return { kind: 'retry', reason: description }
  return { kind: 'final', reason: description }
}

function blockedOrGone(description: string): 'blocked' | 'gone' {
  return description.includes('blocked') ? 'blocked' : 'gone'
}
