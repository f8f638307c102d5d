import type { MessageEntity } from '@grammyjs/types'
import { badRequest, type Refusal } from '../refusal.ts'
import { linkEntity } from './link.ts'
import { byteOffset, codePoint, type FormattedText } from './text.ts'

const simpleTags: Record<string, MessageEntity.CommonMessageEntity['type']> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
}
const tags = new Set([...Object.keys(simpleTags), 'a', 'pre', 'blockquote', 'tg-emoji'])
const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

interface OpenTag {
  name: string
  /** What the tag's one meaningful attribute says: a link, a class, an emoji. */
  argument: string
  at: number
  offset: number
}

/** Telegram's HTML parse mode. Throws the refusal Telegram would give, with offsets in UTF-8 bytes. */
export function parseHtml(source: string): FormattedText {
  const entities: MessageEntity[] = []
  const open: OpenTag[] = []
  let text = ''
  let at = 0
  while (at < source.length) {
    const char = source.charAt(at)
    if (char === '&') {
      const [decoded, end] = decodeReference(source, at)
      text += decoded
      at = end
    } else if (char !== '<') {
      text += char
      at += 1
    } else if (source.charAt(at + 1) === '/') {
      const [closed, end] = readEndTag(source, at, open)
      closeTag(closed, text, entities)
      at = end
    } else {
      const [opened, end] = readStartTag(source, at)
      open.push({ ...opened, offset: text.length })
      at = end
    }
  }
  const left = open.at(-1)
  if (left) throw unparsable(`Can't find end tag corresponding to start tag "${left.name}"`)
  return { text, entities: joinCodeBlocks(entities) }
}

function readStartTag(source: string, begin: number): [Omit<OpenTag, 'offset'>, number] {
  let at = skipUntil(source, begin + 1, /[\s>]/)
  if (at >= source.length) throw unparsable(`Unclosed start tag at ${place(source, begin)}`)
  const name = source.slice(begin + 1, at).toLowerCase()
  if (!tags.has(name)) throw unparsable(`Unsupported start tag "${name}" at ${place(source, begin)}`)
  let argument = ''
  for (;;) {
    at = skipSpace(source, at)
    if (at >= source.length) throw unparsable(`Unclosed start tag "${name}" at ${place(source, begin)}`)
    if (source.charAt(at) === '>') break
    const [attribute, value, end] = readAttribute(source, at, name, begin)
    argument = meaningOf(name, attribute, value) ?? argument
    at = end
  }
  if (name === 'span' && argument !== 'tg-spoiler') {
    throw unparsable(`Tag "span" must have class "tg-spoiler" at ${place(source, begin)}`)
  }
  return [{ name, argument, at: begin }, at + 1]
}

function readAttribute(source: string, from: number, tag: string, begin: number): [string, string, number] {
  let at = skipUntil(source, from, /[\s=>]/)
  const name = source.slice(from, at).toLowerCase()
  if (name === '') throw unparsable(`Empty attribute name in the tag "${tag}" at ${place(source, begin)}`)
  at = skipSpace(source, at)
  if (source.charAt(at) !== '=') return [name, '', at]
  at = skipSpace(source, at + 1)
  if (at >= source.length) throw unparsable(`Unclosed start tag "${tag}" at ${place(source, begin)}`)
  const quote = source.charAt(at)
  if (quote !== '"' && quote !== "'") return readBareValue(source, at, name)
  let value = ''
  at += 1
  while (at < source.length && source.charAt(at) !== quote) {
    const [decoded, end] =
      source.charAt(at) === '&' ? decodeReference(source, at) : [source.charAt(at), at + 1]
    value += decoded
    at = end
  }
  if (at >= source.length) throw unparsable(`Unclosed start tag at ${place(source, begin)}`)
  return [name, value, at + 1]
}

function readBareValue(source: string, from: number, name: string): [string, string, number] {
  const end = skipUntil(source, from, /[^A-Za-z0-9.-]/)
  if (end >= source.length || !/[\s>]/.test(source.charAt(end))) {
    throw unparsable(`Unexpected end of name token at ${place(source, from)}`)
  }
  return [name, source.slice(from, end).toLowerCase(), end]
}

function meaningOf(tag: string, attribute: string, value: string): string | undefined {
  if (tag === 'a' && attribute === 'href') return value
  if (tag === 'code' && attribute === 'class' && value.startsWith('language-')) return value.slice(9)
  if (tag === 'span' && attribute === 'class') return value
  if (tag === 'tg-emoji' && attribute === 'emoji-id') return value
  return tag === 'blockquote' && attribute === 'expandable' ? 'expandable' : undefined
}

function readEndTag(source: string, begin: number, open: OpenTag[]): [OpenTag, number] {
  const top = open.pop()
  if (!top) throw unparsable(`Unexpected end tag at ${place(source, begin)}`)
  let at = skipUntil(source, begin + 2, /[\s>]/)
  const name = source.slice(begin + 2, at).toLowerCase()
  at = skipSpace(source, at)
  if (source.charAt(at) !== '>') throw unparsable(`Unclosed end tag at ${place(source, begin)}`)
  if (name !== '' && name !== top.name) {
    throw unparsable(
      `Unmatched end tag at ${place(source, begin)}, expected "</${top.name}>", found "</${name}>"`,
    )
  }
  return [top, at + 1]
}

function closeTag(tag: OpenTag, text: string, entities: MessageEntity[]): void {
  const span = { offset: tag.offset, length: text.length - tag.offset }
  if (tag.name === 'tg-emoji' && !/^[1-9]\d*$/.test(tag.argument)) {
    throw unparsable('Invalid custom emoji identifier specified')
  }
  if (span.length === 0) return
  const simple = simpleTags[tag.name]
  if (tag.name === 'a') {
    const link = linkEntity(tag.argument || text.slice(tag.offset), span)
    if (link) entities.push(link)
  } else if (tag.name === 'pre') entities.push({ type: 'pre', ...span })
  else if (tag.name === 'tg-emoji')
    entities.push({ type: 'custom_emoji', ...span, custom_emoji_id: tag.argument })
  else if (tag.name === 'blockquote')
    entities.push({ type: tag.argument ? 'expandable_blockquote' : 'blockquote', ...span })
  else if (tag.name === 'code' && tag.argument)
    entities.push(Object.assign({ type: 'code' as const, ...span }, { language: tag.argument }))
  else if (simple) entities.push({ type: simple, ...span })
}

/** `<pre><code class="language-x">` is one code block in that language; elsewhere the class means nothing. */
function joinCodeBlocks(entities: MessageEntity[]): MessageEntity[] {
  return entities.flatMap((entity): MessageEntity[] => {
    const span = { offset: entity.offset, length: entity.length }
    const twin = entities.find(
      (other) =>
        other !== entity &&
        other.offset === span.offset &&
        other.length === span.length &&
        other.type !== entity.type,
    )
    const pair = twin && ['pre', 'code'].includes(twin.type) && ['pre', 'code'].includes(entity.type)
    if (entity.type === 'code') return pair && languageOf(entity) ? [] : [{ type: 'code', ...span }]
    const language = pair ? languageOf(twin) : undefined
    return entity.type === 'pre' && language ? [{ type: 'pre', ...span, language }] : [entity]
  })
}

function languageOf(entity: MessageEntity): string | undefined {
  return 'language' in entity && typeof entity.language === 'string' ? entity.language : undefined
}

function decodeReference(source: string, at: number): [string, number] {
  const match = /^&(?:#(\d{1,8})|#x([0-9a-f]{1,8})|([a-z]+));?/i.exec(source.slice(at, at + 12))
  const code = match?.[1] ? Number(match[1]) : match?.[2] ? Number.parseInt(match[2], 16) : undefined
  const decoded = code === undefined ? named[match?.[3] ?? ''] : codePoint(code)
  return match && decoded !== undefined ? [decoded, at + match[0].length] : ['&', at + 1]
}

function skipUntil(source: string, from: number, stop: RegExp): number {
  let at = from
  while (at < source.length && !stop.test(source.charAt(at))) at += 1
  return at
}

function skipSpace(source: string, from: number): number {
  return skipUntil(source, from, /\S/)
}

function place(source: string, index: number): string {
  return `byte offset ${byteOffset(source, index)}`
}

function unparsable(reason: string): Refusal {
  return badRequest(`can't parse entities: ${reason}`)
}
