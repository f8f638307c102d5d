import { describe, expect, test } from 'vitest'
import { htmlToText } from './html-to-text.ts'

describe('htmlToText', () => {
  test.each([
    ['paragraphs', '<p>One</p>\n<p>Two<br>three</p>', 'One\n\nTwo\nthree'],
    ['a heading', '<h2>Mug</h2><div>Blue</div><div>Big</div>', 'Mug\n\nBlue\nBig'],
    [
      'a list',
      '<p>It is:</p><ul>\n<li><p>blue</p></li>\n<li></li><li>round</li></ul>End',
      'It is:\n\n• blue\n• round\n\nEnd',
    ],
    ['a numbered list', '<ol><li>Grind<li>Pour</ol>', '1. Grind\n2. Pour'],
    ['nested lists', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>', '• a\n• b\n• c'],
    ['entities', 'Salt &amp; pepper&nbsp;&mdash; 5 &lt; 6 &#233;', 'Salt & pepper — 5 < 6 é'],
    ['scripts and styles', 'a<script>alert("<p>x</p>")</script><style>p{}</style>b', 'ab'],
    [
      'a table',
      '<table><tr><td>Size</td><td>L</td></tr><tr><td>Ø</td><td>9 cm</td></tr></table>',
      'Size L\nØ 9 cm',
    ],
    ['plain text', 'First & second\r\nline\n\n\n\nthird', 'First & second\nline\n\nthird'],
    ['inline tags', '<span>no</span><b>space</b> <i>lost</i>', 'nospace lost'],
    ['invisible characters', 'a\u0000\u200bb 👩‍🌾', 'ab 👩‍🌾'],
    ['nothing', '<p>&nbsp;</p><br>', ''],
  ])('reads %s', (_name, html, text) => {
    expect(htmlToText(html)).toBe(text)
  })

  test('stays quick on hostile input', () => {
    // What is computed, not what goes by: a busy machine is slow, not wrong.
    const start = process.threadCpuUsage()
    for (const piece of ['<ul><li>', '<', '&', '<!--', '</p', '<p '])
      htmlToText(piece.repeat(200_000 / piece.length))
    expect(process.threadCpuUsage(start).user).toBeLessThan(3_000_000)
  })
})
