import { signal } from '@preact/signals'
import { ask } from '../api/http.ts'
import { type Actor, pay } from '../api/sandbox.ts'
import type { ApiCall, SeenMessage } from '../api/shapes.ts'
import { watchDelivery } from '../world/delivery.ts'

export interface Item {
  label: string
  amount: number
}

export interface OpenInvoice {
  actor: Actor
  message: SeenMessage
  items: Item[]
  state: 'ready' | 'checking' | 'paid' | 'refused'
  /** What the shop said when it refused. */
  error?: string
}

const thanksFor = 1400

/** The invoice in the payment sheet. */
export const invoice = signal<OpenInvoice | undefined>(undefined)

export async function openInvoice(actor: Actor, message: SeenMessage): Promise<void> {
  invoice.value = { actor, message, items: [], state: 'ready' }
  const items = await loadItems(message)
  if (invoice.peek()?.message.id === message.id) change({ items })
}

export function closeInvoice(): void {
  invoice.value = undefined
}

/** Waits for the shop's yes or no (10 s at most), as Telegram's own sheet does. */
export async function payInvoice(): Promise<void> {
  const open = invoice.peek()
  if (!open || open.state === 'checking') return
  change({ state: 'checking' })
  watchDelivery()
  try {
    const { status, error } = await pay(open.actor, open.message.id)
    if (status === 'paid') change({ state: 'paid' })
    else change({ state: 'refused', error: error || 'The shop refused the payment' })
    if (status === 'paid') setTimeout(closeInvoice, thanksFor)
  } catch (error) {
    change({ state: 'refused', error: (error as Error).message })
  }
}

function change(what: Partial<OpenInvoice>): void {
  const open = invoice.peek()
  if (open) invoice.value = { ...open, ...what }
}

/** The message carries the total alone; the items are in the call that sent it. */
async function loadItems(message: SeenMessage): Promise<Item[]> {
  const calls = await ask<ApiCall[]>('/calls?method=sendInvoice&limit=500').catch(() => [])
  const call = calls.findLast(({ result }) => {
    const sent = result as { message_id?: number; chat?: { id?: number } } | undefined
    return sent?.message_id === message.id && sent.chat?.id === message.chatId
  })
  const prices = call?.params.prices ?? []
  return (typeof prices === 'string' ? JSON.parse(prices) : prices) as Item[]
}
