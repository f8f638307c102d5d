import { badRequest, type Refusal } from '../refusal.ts'
import { byteOffset, codePoint } from './text.ts'

const tags = new Set([
  ...['b', 'strong', 'i', 'em', 'u', 'ins', 's', 'strike', 'del', 'code', 'pre', 'a'],
  ...['span', 'tg-spoiler', 'tg-emoji', 'blockquote'],
])
const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }

export interface OpenTag {
  name: string
  /** What the tag's one meaningful attribute says: a link, a class, an emoji. */
  argument: string
  at: number
  offset: number
}

/** Reads `<name attribute=value …>`; the tag, and where it ends. */
export function readStartTag(source: string, begin: number): [Omit<OpenTag, 'offset'>, number] {
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

/** Reads `</name>`, which must close the innermost tag; takes that off the list. */
export function readEndTag(source: string, begin: number, open: OpenTag[]): [OpenTag, number] {
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

/** Reads `&lt;`, `&#8364;` and the like; any other `&` stands for itself. */
export function decodeReference(source: string, at: number): [string, number] {
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

export function unparsable(reason: string): Refusal {
  return badRequest(`can't parse entities: ${reason}`)
}
