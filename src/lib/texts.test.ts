import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadTexts } from './texts.ts'

const texts = loadTexts()

describe('texts', () => {
  it('escape what people wrote, and leave HTML that is meant', () => {
    const said = texts.say('en', 'order_cancelled-reason', { reason: '<b>&"' })
    expect(said).toBe('Reason: &lt;b&gt;&amp;&quot;')
    const html = texts.say('en', 'order_accepted', { number: '7', progress: { html: '<b>x</b>' } })
    expect(html).toContain('<b>x</b>')
  })

  it('fall back to English for a language or a text that is missing, and complain about an unknown one', () => {
    expect(texts.say('xx', 'state-placed')).toBe('Placed')
    expect(() => texts.say('en', 'no-such-text')).toThrow('no-such-text')
  })

  it('are each written once', () => {
    const folder = join(import.meta.dirname, '..', '..', 'locales', 'en')
    const ids = readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/^([a-zA-Z][\w-]*) =/gm)].map(
        (match) => match[1],
      ),
    )
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })
})
