import { Parser } from 'htmlparser2'
import { escapeHtml } from '../lib/texts.ts'

const KEPT: Record<string, string> = {
  b: 'b',
  strong: 'b',
  i: 'i',
  em: 'i',
  u: 'u',
  s: 's',
  code: 'code',
  pre: 'pre',
}
const MONO = 'font-family:ui-monospace,Menlo,Consolas,monospace'
const STYLE: Record<string, string> = {
  code: ` style="${MONO};font-size:.95em"`,
  pre: ` style="${MONO};margin:0;white-space:pre-wrap"`,
}

interface Writer {
  words(text: string): void
  open(tag: string): void
  close(tag: string): void
  link(address: string): void
  endLink(): void
}

/** Telegram HTML as plain text: tags gone, characters as they are, the address of a link behind its words. */
export function toPlainText(telegramHtml: string): string {
  let text = ''
  const links: { address: string; from: number }[] = []
  walk(telegramHtml, {
    words: (words) => {
      text += words
    },
    open() {},
    close() {},
    link: (address) => links.push({ address, from: text.length }),
    endLink() {
      const link = links.pop()
      if (link?.address && text.slice(link.from) !== link.address) text += ` (${link.address})`
    },
  })
  return text.trim()
}

/** Telegram HTML as a piece of a mail's body. Only tags known here and links to the web and to mailboxes come through. */
export function toMailHtml(telegramHtml: string): string {
  let html = ''
  const links: string[] = []
  walk(telegramHtml, {
    words: (words) => {
      html += escapeHtml(words).replaceAll('\n', '<br>')
    },
    open: (tag) => {
      html += `<${tag}${STYLE[tag] ?? ''}>`
    },
    close: (tag) => {
      html += `</${tag}>`
    },
    link: (address) => {
      links.push(address)
      if (address) html += `<a class="link" style="color:#0f6cbd" href="${escapeHtml(address)}">`
    },
    endLink: () => {
      if (links.pop()) html += '</a>'
    },
  })
  return html.trim()
}

function walk(telegramHtml: string, writer: Writer): void {
  const parser = new Parser({
    ontext: (words) => writer.words(words),
    onopentag(name, { href = '' }) {
      if (name === 'a') return void writer.link(/^(https?:\/\/|mailto:)/i.test(href) ? href : '')
      const tag = KEPT[name]
      if (tag) writer.open(tag)
    },
    onclosetag(name) {
      const tag = KEPT[name]
      if (name === 'a') writer.endLink()
      else if (tag) writer.close(tag)
    },
  })
  parser.end(telegramHtml)
}
