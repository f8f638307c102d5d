import { signal } from '@preact/signals'
import { type Actor, pressButton, pressData } from '../api/sandbox.ts'
import type { PressResult, SeenButton, SeenMessage } from '../api/shapes.ts'
import { openApp } from '../miniapp/opened-app.ts'
import { alertText, attempt, copy, showToast } from '../parts/toast.ts'
import { openInvoice } from '../payment/invoice.ts'
import { openLink } from '../text/links.ts'
import { watchDelivery } from '../world/delivery.ts'

/** Buttons the bot has not answered for yet. */
export const pressing = signal<ReadonlySet<string>>(new Set())

/** Does what a tap on an inline button does in Telegram. */
export async function pressInline(
  actor: Actor,
  message: SeenMessage,
  button: SeenButton,
  name: string,
): Promise<void> {
  const { kind, value = '' } = button
  if (kind === 'callback_data') return await pressCallback(actor, message, value, name)
  if (kind === 'url' || kind === 'login_url') return openLink(value)
  if (kind === 'copy_text') return copy(value)
  if (kind === 'pay') return await openInvoice(actor, message)
  if (kind !== 'web_app') return showToast('The sandbox has no such kind of button')
  const result = await attempt(() => pressButton(actor, message.id, button.text))
  if (result?.url) openApp(actor, result.url)
}

async function pressCallback(actor: Actor, message: SeenMessage, data: string, name: string): Promise<void> {
  if (pressing.peek().has(name)) return
  pressing.value = new Set([...pressing.peek(), name])
  watchDelivery()
  const result = await attempt(() => pressData(actor, message.id, data))
  pressing.value = new Set([...pressing.peek()].filter((other) => other !== name))
  if (result) showAnswer(result)
}

function showAnswer({ text, alert, url, expired }: PressResult): void {
  if (expired) showToast('The bot did not answer within 15 seconds')
  if (url) openLink(url)
  if (!text) return
  if (alert) alertText.value = text
  else showToast(text)
}
