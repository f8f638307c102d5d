import type { MessageEntity } from '@grammyjs/types'
import { sendText, startBot } from '../api/sandbox.ts'
import { attempt } from '../parts/toast.ts'
import { bot, place } from '../world/world.ts'

interface Link {
  href: string
  onClick: (event: MouseEvent) => void
}

/** Where an entity leads, or undefined when it is no link or leads somewhere a page must not go (javascript:). */
export function linkOf(entity: MessageEntity, text: string): Link | undefined {
  const href = hrefOf(entity, text)
  if (!href || !isOpenable(href)) return undefined
  return {
    href,
    onClick: (event) => {
      if (openInside(href)) event.preventDefault()
    },
  }
}

/** Opens a web page in a new tab, or what is inside Telegram right here. */
export function openLink(href: string): void {
  if (openInside(href) || !isOpenable(href)) return
  window.open(href, '_blank', 'noopener,noreferrer')
}

export function openCommand(command: string): void {
  const actor = place.peek()
  if (actor) void attempt(() => sendText(actor, command))
}

export function isOpenable(href: string): boolean {
  return URL.canParse(href) && /^(https?|mailto|tel):$/.test(new URL(href).protocol)
}

/** The payload of a deep link to this very bot; '' for one without. */
export function deepLinkPayload(href: string, username: string): string | undefined {
  if (!URL.canParse(href)) return undefined
  const { protocol, hostname, pathname, searchParams } = new URL(href)
  const web = /^https?:$/.test(protocol) && ['t.me', 'telegram.me'].includes(hostname)
  const name = web ? pathname.slice(1) : protocol === 'tg:' ? searchParams.get('domain') : undefined
  return name?.toLowerCase() === username.toLowerCase() ? (searchParams.get('start') ?? '') : undefined
}

function openInside(href: string): boolean {
  const actor = place.peek()
  const payload = deepLinkPayload(href, bot.peek()?.username ?? '')
  if (payload === undefined || !actor) return false
  const own = { personId: actor.personId, chatId: actor.personId }
  if (payload) void attempt(() => startBot(own, payload))
  return true
}

function hrefOf(entity: MessageEntity, text: string): string | undefined {
  switch (entity.type) {
    case 'text_link':
      return entity.url
    case 'url':
      return /^[a-z]+:/i.test(text) ? text : `http://${text}`
    case 'email':
      return `mailto:${text}`
    case 'phone_number':
      return `tel:${text.replaceAll(/[^+\d]/g, '')}`
    default:
      return undefined
  }
}
