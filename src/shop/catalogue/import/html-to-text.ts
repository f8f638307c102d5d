import { Parser } from 'htmlparser2'

const DROPPED = new Set('script style head template noscript iframe svg object select'.split(' '))
const LISTS = new Set(['ul', 'ol'])
const PARAGRAPHS = new Set('p h1 h2 h3 h4 h5 h6 ul ol table blockquote pre hr'.split(' '))
const LINES = new Set('div section article header footer tr li dt dd figure'.split(' '))
const CELLS = new Set(['td', 'th'])

const LINE = 1
const PARAGRAPH = 2

/**
 * Turns an HTML description into plain text that reads well in a chat: paragraphs, list items with a bullet
 * or a number, entities decoded; scripts, styles and pictures left out. Text without any tag keeps its lines.
 */
export function htmlToText(html: string): string {
  const isPlain = !/<[a-z!/]/i.test(html)
  const source = isPlain ? html.replace(/\r\n?|\n/g, '<br>') : html
  return tidy(render(source))
}

function render(html: string): string {
  const page = newPage()
  // One entry for each open list: how many items an ordered one has so far, null for bullets.
  const lists: (number | null)[] = []
  let dropped = 0

  // A paragraph inside a list item is a line: anything more would tear the list apart.
  const breakFor = (name: string) => (PARAGRAPHS.has(name) && lists.length === 0 ? PARAGRAPH : LINE)

  const parser = new Parser({
    onopentag(name) {
      if (DROPPED.has(name)) dropped += 1
      if (dropped > 0) return
      if (name === 'br') page.lineBreak()
      if (PARAGRAPHS.has(name) || LINES.has(name)) page.breakTo(breakFor(name))
      if (CELLS.has(name)) page.add(' ')
      if (LISTS.has(name)) lists.push(name === 'ol' ? 0 : null)
      if (name === 'li') page.mark(nextMark(lists))
    },
    onclosetag(name) {
      if (LISTS.has(name) && dropped === 0) lists.pop()
      if (dropped === 0 && (PARAGRAPHS.has(name) || LINES.has(name))) page.breakTo(breakFor(name))
      if (name === 'li') page.mark('')
      if (DROPPED.has(name)) dropped = Math.max(0, dropped - 1)
    },
    ontext(part) {
      if (dropped === 0) page.add(part)
    },
  })
  parser.end(html)
  return page.text()
}

function nextMark(lists: (number | null)[]): string {
  const last = lists.length - 1
  const count = lists[last]
  if (typeof count !== 'number') return '• '
  lists[last] = count + 1
  return `${count + 1}. `
}

// Breaks and list marks wait until there is something to write after them.
function newPage() {
  const parts: string[] = []
  let breaks = 0
  let listMark = ''

  return {
    add(part: string) {
      if (part.trim() === '' && breaks > 0) return
      if (parts.length > 0) parts.push('\n'.repeat(Math.min(breaks, PARAGRAPH)))
      parts.push(listMark, part.replace(/\s+/g, ' '))
      breaks = 0
      listMark = ''
    },
    breakTo(wanted: number) {
      if (listMark === '') breaks = Math.max(breaks, wanted)
    },
    lineBreak() {
      breaks += 1
    },
    mark(text: string) {
      listMark = text
    },
    text: () => parts.join(''),
  }
}

function tidy(text: string): string {
  return (
    text
      .toWellFormed()
      // Invisible characters break searching and labels; the joiner holds emoji together.
      .replace(/[^\P{C}\n\u200d]/gu, '')
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .trim()
  )
}
