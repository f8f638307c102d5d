import { expect, test } from 'vitest'
import { parseHtml } from './html.ts'
import { parseMarkdownV2 } from './markdown.ts'
import { toHtml } from './to-html.ts'

const html: [source: string, text: string, ...entities: string[]][] = [
  ['➡️ ➡️<i>➡️ ➡️</i><b>➡️ ➡️</b>', '➡️ ➡️➡️ ➡️➡️ ➡️', 'italic 5 5', 'bold 10 5'],
  ['🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>', '🏟 🏟🏟 ><🏟', 'bold 9 3', 'italic 5 7'],
  ['&ge;&lt;&gt;&amp;&quot;&#8364;&#x20AC;', '&ge;<>&"€€'],
  ['a & b &copy; c', 'a & b &copy; c'],
  ['<a href="https://shop.example/?a=1&amp;b=2">Shop</a>', 'Shop', 'text_link 0 4'],
  ['<a>no link</a>', 'no link'],
  ['<pre><code class="language-ts">let a</code></pre>', 'let a', 'pre 0 5'],
  ['<span class="tg-spoiler">x</span><tg-spoiler>y</tg-spoiler>', 'xy', 'spoiler 0 1', 'spoiler 1 1'],
  ['<blockquote expandable>a</blockquote>', 'a', 'expandable_blockquote 0 1'],
  ['<b></b>x', 'x'],
]

test.each(html)('HTML %j becomes %j', (source, text, ...entities) => {
  const parsed = parseHtml(source)
  expect(parsed.text).toBe(text)
  expect(parsed.entities.map((e) => `${e.type} ${e.offset} ${e.length}`)).toEqual(entities)
})

test.each([
  ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
  ['<b><i>x</i>', 'Can\'t find end tag corresponding to start tag "b"'],
  ['🏟 🏟&lt;<abacaba', 'Unclosed start tag at byte offset 13'],
  ['🏟 🏟&lt;<abac aba>', 'Unsupported start tag "abac" at byte offset 13'],
  ['a<br>b', 'Unsupported start tag "br" at byte offset 1'],
  ['3 < 5', 'Unsupported start tag "" at byte offset 2'],
  ['🏟 🏟&lt;<i   =aba>', 'Empty attribute name in the tag "i" at byte offset 13'],
  ['🏟 🏟&lt;<i    aba  =  ', 'Unclosed start tag "i" at byte offset 13'],
  ['🏟 🏟&lt;<i    aba  =  190azAz-.,', 'Unexpected end of name token at byte offset 27'],
  ['🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', 'Unclosed start tag at byte offset 13'],
  ['🏟 🏟&lt;</', 'Unexpected end tag at byte offset 13'],
  ['🏟 🏟&lt;<i>a</i   ', 'Unclosed end tag at byte offset 17'],
  ['🏟 🏟&lt;<i>a</em   >', 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'],
  ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
])('HTML %j is refused: %s', (source, reason) => {
  expect(() => parseHtml(source)).toThrow(`Bad Request: can't parse entities: ${reason}`)
})

const markdown: [source: string, text: string, ...entities: string[]][] = [
  ['➡️ ➡️_➡️ ➡️_*➡️ ➡️*', '➡️ ➡️➡️ ➡️➡️ ➡️', 'italic 5 5', 'bold 10 5'],
  ['🏟 🏟_🏟 __🏟___', '🏟 🏟🏟 🏟', 'underline 8 2', 'italic 5 5'],
  ['🏟 🏟_abac \\* asd _', '🏟 🏟abac * asd ', 'italic 5 11'],
  ['||s|| ~t~ `c.d` 1\\.5', 's t c.d 1.5', 'spoiler 0 1', 'strikethrough 2 1', 'code 4 3'],
  ['```ts\nlet a```', 'let a', 'pre 0 5'],
  ['[shop](https://shop.example/\\))', 'shop', 'text_link 0 4'],
  ['>one\n>two\nthree', 'one\ntwo\nthree', 'blockquote 0 7'],
  ['>one||', 'one', 'expandable_blockquote 0 3'],
  ['\\\\\\_', '\\_'],
]

test.each(markdown)('MarkdownV2 %j becomes %j', (source, text, ...entities) => {
  const parsed = parseMarkdownV2(source)
  expect(parsed.text).toBe(text)
  expect(parsed.entities.map((e) => `${e.type} ${e.offset} ${e.length}`)).toEqual(entities)
})

test.each([
  ['Version 1.0', "Character '.' is reserved and must be escaped with the preceding '\\'"],
  ['Nice!', "Character '!' is reserved and must be escaped with the preceding '\\'"],
  ['🏟 🏟>', "Character '>' is reserved and must be escaped with the preceding '\\'"],
  ['🏟 🏟_abacaba', "Can't find end of Italic entity at byte offset 9"],
  ['🏟 🏟_abac * asd ', "Can't find end of Bold entity at byte offset 15"],
  ['🏟 🏟```a', "Can't find end of Pre entity at byte offset 9"],
  ['🏟 🏟```a ', "Can't find end of PreCode entity at byte offset 9"],
  ['🏟 🏟`', "Can't find end of Code entity at byte offset 9"],
  ['[telegram\\.org](asd', "Can't find end of a URL at byte offset 16"],
  ['>*b\n>ld \n>bo\nld*\nasd\ndef', "Can't find end of Bold entity at byte offset 1"],
  ['🏟 🏟||test\\|', "Can't find end of Spoiler entity at byte offset 9"],
])('MarkdownV2 %j is refused: %s', (source, reason) => {
  expect(() => parseMarkdownV2(source)).toThrow(`Bad Request: can't parse entities: ${reason}`)
})

test('what a page shows is escaped and nested as it was', () => {
  const { text, entities } = parseHtml('<b>a &lt;<i>b</i></b> <a href="https://x.example/?a=%22">c</a>')
  const sorted = entities.sort((a, b) => a.offset - b.offset || b.length - a.length)
  expect(toHtml(text, sorted)).toBe('<b>a &lt;<i>b</i></b> <a href="https://x.example/?a=%22">c</a>')
})
