import type { MessageEntity } from '@grammyjs/types'

interface Span {
  offset: number
  length: number
}

/** A link as Telegram stores it, or nothing: a link it cannot make sense of just loses its formatting. */
export function linkEntity(href: string, span: Span): MessageEntity | undefined {
  const url = cleanUrl(href)
  return url === undefined ? undefined : { type: 'text_link', ...span, url }
}

/** The URL with its scheme and a path, or undefined when Telegram would not take it. */
export function cleanUrl(href: string): string | undefined {
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(href) && !/^[^/]+\.[^/]+:\d/.test(href) ? href : `http://${href}`
  if (/^(tg|ton|tonsite):/i.test(whole)) return whole
  if (!/^https?:/i.test(whole) || !URL.canParse(whole)) return undefined
  const url = new URL(whole)
  return url.hostname.includes('.') || url.hostname === 'localhost' ? url.href : undefined
}
