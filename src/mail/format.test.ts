import { expect, it } from 'vitest'
import { toMailHtml, toPlainText } from './format.ts'

const NOTICE =
  '🚚 <b>Order #7 is on its way.</b>\nTracking: <code>RR&lt;1&gt;</code> &amp; <i>more</i>\n<a href="https://t.me/shop?a=1&amp;b=2">Open it</a>'

it('writes a notice as plain text, with its links written out', () => {
  expect(toPlainText(NOTICE)).toBe(
    '🚚 Order #7 is on its way.\nTracking: RR<1> & more\nOpen it (https://t.me/shop?a=1&b=2)',
  )
  expect(toPlainText('<a href="https://shop.example">https://shop.example</a>')).toBe('https://shop.example')
})

it('writes a notice as HTML for mails', () => {
  const html = toMailHtml(NOTICE)
  expect(html).toContain('🚚 <b>Order #7 is on its way.</b><br>Tracking: <code style="')
  expect(html).toContain('">RR&lt;1&gt;</code> &amp; <i>more</i><br><a class="link"')
  expect(html).toContain('href="https://t.me/shop?a=1&amp;b=2">Open it</a>')
})

it('lets nothing into a mail but words, known tags and links', () => {
  const evil =
    'a<img src="https://x/t.gif"><script>alert(1)</script><b onclick="x" style="y">b</b><a href="javascript:x">c</a><a href="https://x/&quot;&gt;">d</a>'
  expect(toMailHtml(evil)).not.toMatch(/img|<script|onclick|javascript|style="y"|t\.gif/)
  expect(toMailHtml(evil)).toContain('<b>b</b>c<a class="link"')
  expect(toMailHtml(evil)).toContain('href="https://x/&quot;&gt;">d</a>')
  expect(toPlainText('<a href="tg://user?id=1">Ana</a>')).toBe('Ana')
})

it('closes what is left open', () => {
  expect(toMailHtml('<b>one <i>two</b> three')).toBe('<b>one <i>two</i></b> three')
})
