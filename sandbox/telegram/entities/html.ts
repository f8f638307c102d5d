import type { MessageEntity } from '@grammyjs/types'
import { decodeReference, type OpenTag, readEndTag, readStartTag, unparsable } from './html-tags.ts'
import { linkEntity } from './link.ts'
import type { FormattedText } from './text.ts'

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
