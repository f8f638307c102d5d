import type { MessageEntity } from '@grammyjs/types'

const elements: Partial<Record<MessageEntity['type'], string>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  spoiler: 'tg-spoiler',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
}

/** Formatted text as safe HTML, for the chat page and for reading in tests. */
export function toHtml(text: string, entities: readonly MessageEntity[] = []): string {
  const edges = new Set([0, text.length, ...entities.flatMap((e) => [e.offset, e.offset + e.length])])
  const cuts = [...edges].sort((a, b) => a - b)
  let html = ''
  for (const [index, from] of cuts.entries()) {
    const ending = entities.filter((e) => e.offset + e.length === from && e.length > 0)
    html += ending
      .map((e) => closing(e))
      .reverse()
      .join('')
    html += entities
      .filter((e) => e.offset === from)
      .map((e) => opening(e, text))
      .join('')
    html += escapeHtml(text.slice(from, cuts[index + 1] ?? from))
  }
  return html
}

function opening(entity: MessageEntity, text: string): string {
  const href = hrefOf(entity, text.slice(entity.offset, entity.offset + entity.length))
  if (href !== undefined) return `<a href="${escapeHtml(href)}">`
  if (entity.type === 'expandable_blockquote') return '<blockquote expandable>'
  const element = elements[entity.type]
  return element ? `<${element}>` : `<span class="${entity.type}">`
}

function closing(entity: MessageEntity): string {
  if (hrefOf(entity, '') !== undefined) return '</a>'
  return `</${elements[entity.type] ?? 'span'}>`
}

function hrefOf(entity: MessageEntity, text: string): string | undefined {
  if (entity.type === 'text_link') return entity.url
  if (entity.type === 'url') return /^https?:/i.test(text) ? text : `http://${text}`
  return entity.type === 'email' ? `mailto:${text}` : undefined
}

function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char,
  )
}
