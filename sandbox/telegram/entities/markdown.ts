import { closeLink } from './markdown-links.ts'
import { type Kind, type OpenEntity, type Reading, unended, unparsable } from './markdown-reading.ts'
import type { FormattedText } from './text.ts'

const types = {
  Bold: 'bold',
  Italic: 'italic',
  Underline: 'underline',
  Strikethrough: 'strikethrough',
  Spoiler: 'spoiler',
  Code: 'code',
} as const
const marks: Record<Kind, string> = {
  Bold: '*',
  Italic: '_',
  Underline: '__',
  Strikethrough: '~',
  Spoiler: '||',
  Code: '`',
  Pre: '```',
  PreCode: '```',
  TextUrl: ']',
  CustomEmoji: ']',
}
const reserved = '_*[]()~`>#+-=|{}.!'

/** Telegram's MarkdownV2 parse mode. Throws the refusal Telegram would give, with offsets in UTF-8 bytes. */
export function parseMarkdownV2(source: string): FormattedText {
  const reading: Reading = { source, at: 0, text: '', open: [], entities: [], quote: undefined }
  while (reading.at < source.length) readNext(reading)
  const left = reading.open.at(-1)
  if (left) throw unended(reading, left)
  endQuote(reading)
  return { text: reading.text, entities: reading.entities }
}

function readNext(reading: Reading): void {
  const { source, at } = reading
  if (startsQuote(reading)) return
  const char = source.charAt(at)
  const next = source.charCodeAt(at + 1)
  const top = reading.open.at(-1)
  const verbatim = top !== undefined && marks[top.kind].startsWith('`')
  if (char === '\\' && next > 0 && next < 127) append(reading, source.charAt(at + 1), 2)
  else if (top && closes(reading, top)) close(reading, top)
  else if (verbatim || !reserved.includes(char)) append(reading, char, 1)
  else if (reading.quote && /^\|\|(\n|$)/.test(source.slice(at, at + 3))) {
    reading.quote.expandable = true
    reading.at += 2
  } else start(reading, char)
}

function append(reading: Reading, text: string, width: number): void {
  reading.text += text
  reading.at += width
}

/** `>` at the start of a line opens or continues a quote; any other line ends it. */
function startsQuote(reading: Reading): boolean {
  const { source, at } = reading
  const lineStart = at === 0 || source.charAt(at - 1) === '\n'
  if (!lineStart || reading.open.some((entity) => marks[entity.kind].startsWith('`'))) return false
  const fresh = source.startsWith('**>', at)
  if (!fresh && source.charAt(at) !== '>') {
    endQuote(reading)
    return false
  }
  if (fresh) endQuote(reading)
  reading.quote ??= { offset: reading.text.length, expandable: false }
  reading.at += fresh ? 3 : 1
  return true
}

function endQuote(reading: Reading): void {
  const { quote, open } = reading
  if (!quote) return
  const inside = open.findLast((entity) => entity.offset >= quote.offset)
  if (inside) throw unended(reading, inside)
  const length = reading.text.replace(/\n$/, '').length - quote.offset
  const type = quote.expandable ? 'expandable_blockquote' : 'blockquote'
  if (length > 0) reading.entities.push({ type, offset: quote.offset, length })
  reading.quote = undefined
}

function closes({ source, at }: Reading, { kind }: OpenEntity): boolean {
  if (!source.startsWith(marks[kind], at)) return false
  return kind !== 'Italic' || source.charAt(at + 1) !== '_'
}

function start(reading: Reading, char: string): void {
  const { source, at } = reading
  const [kind, width] = startOf(source, at, char)
  const entity: OpenEntity = { kind, at, offset: reading.text.length }
  const language = kind === 'Pre' ? /^[^\s`]+(?=\s)/.exec(source.slice(at + 3))?.[0] : undefined
  const wide = width + (language ? language.length : 0)
  const lineBreak = kind === 'Pre' && source.charAt(at + wide) === '\n' ? 1 : 0
  reading.open.push(language ? { ...entity, kind: 'PreCode', language } : entity)
  reading.at += wide + lineBreak
}

function startOf(source: string, at: number, char: string): [Kind, number] {
  if (source.startsWith('```', at)) return ['Pre', 3]
  if (source.startsWith('__', at)) return ['Underline', 2]
  if (source.startsWith('||', at)) return ['Spoiler', 2]
  if (source.startsWith('![', at)) return ['CustomEmoji', 2]
  if (char === '_') return ['Italic', 1]
  if (char === '*') return ['Bold', 1]
  if (char === '~') return ['Strikethrough', 1]
  if (char === '`') return ['Code', 1]
  if (char === '[') return ['TextUrl', 1]
  throw unparsable(`Character '${char}' is reserved and must be escaped with the preceding '\\'`)
}

function close(reading: Reading, entity: OpenEntity): void {
  const span = { offset: entity.offset, length: reading.text.length - entity.offset }
  reading.open.pop()
  reading.at += marks[entity.kind].length
  if (entity.kind === 'TextUrl' || entity.kind === 'CustomEmoji') closeLink(reading, entity, span)
  else if (span.length === 0) return
  else if (entity.kind === 'Pre') reading.entities.push({ type: 'pre', ...span })
  else if (entity.kind === 'PreCode')
    reading.entities.push({ type: 'pre', ...span, language: entity.language ?? '' })
  else reading.entities.push({ type: types[entity.kind], ...span })
}
