import { linkEntity } from './link.ts'
import { type OpenEntity, type Reading, unparsable } from './markdown-reading.ts'
import { byteOffset } from './text.ts'

/** Ends `[text](url)` or `![emoji](tg://emoji?id=…)`, whose text has just been read. */
export function closeLink(
  reading: Reading,
  entity: OpenEntity,
  span: { offset: number; length: number },
): void {
  const custom = entity.kind === 'CustomEmoji'
  const hasUrl = reading.source.charAt(reading.at) === '('
  if (custom && !hasUrl) throw unparsable('Custom emoji entity must contain a tg://emoji URL')
  const url = hasUrl ? readUrl(reading, custom) : reading.text.slice(span.offset)
  if (custom) {
    const id = /^tg:(?:\/\/)?emoji\?id=([1-9]\d*)$/.exec(url)?.[1]
    if (!id) throw unparsable('Invalid custom emoji identifier specified')
    reading.entities.push({ type: 'custom_emoji', ...span, custom_emoji_id: id })
    return
  }
  const link = span.length > 0 ? linkEntity(url, span) : undefined
  if (link) reading.entities.push(link)
}

function readUrl(reading: Reading, custom: boolean): string {
  const { source } = reading
  const begin = reading.at + 1
  let url = ''
  for (let at = begin; at < source.length; at += 1) {
    if (source.charAt(at) === ')') {
      reading.at = at + 1
      return url
    }
    if (source.charAt(at) === '\\' && source.charCodeAt(at + 1) < 127) at += 1
    url += source.charAt(at)
  }
  const what = custom ? 'a custom emoji URL' : 'a URL'
  throw unparsable(`Can't find end of ${what} at byte offset ${byteOffset(source, begin)}`)
}
