import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle'

/** Text that is Telegram HTML already and goes in as it is. */
export interface Html {
  readonly html: string
}

export type TextArgs = Record<string, string | number | Html>

export interface Texts {
  /** The text `id` in `language` (else in English) as Telegram HTML; text arguments are escaped. Throws on an unknown id. */
  say(language: string, id: string, args?: TextArgs): string
  /** The language there are words in that comes nearest; people's own can be anything, "classic-zh-cn" for one. */
  nearest(language: string): string
  languages: string[]
}

const FALLBACK = 'en'

/** Reads every `locales/<language>/*.ftl`. Throws when a file does not parse. */
export function loadTexts(folder = join(import.meta.dirname, '..', '..', 'locales')): Texts {
  const languages = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
  const bundles = new Map(
    languages.map((language) => [language, loadBundle(join(folder, language), language)]),
  )

  function say(language: string, id: string, args?: TextArgs): string {
    const known = bundles.get(language)
    const bundle = known?.hasMessage(id) ? known : bundles.get(FALLBACK)
    const pattern = bundle?.getMessage(id)?.value
    if (!bundle || !pattern) throw new Error(`no text "${id}" in locales/${FALLBACK}`)
    return bundle.formatPattern(pattern, args && escapeArgs(args))
  }

  function nearest(language: string): string {
    if (bundles.has(language)) return language
    const [base = FALLBACK] = language.split('-')
    return bundles.has(base) ? base : FALLBACK
  }

  return { say, nearest, languages }
}

function loadBundle(folder: string, language: string): FluentBundle {
  // Isolation marks are invisible characters that would end up in copied addresses and numbers.
  const bundle = new FluentBundle(language, { useIsolating: false })
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ftl'))) {
    const errors = bundle.addResource(new FluentResource(readFileSync(join(folder, file), 'utf8')))
    if (errors[0]) throw new Error(`locales/${language}/${file}: ${errors[0].message}`)
  }
  return bundle
}

function escapeArgs(args: TextArgs): Record<string, FluentVariable> {
  const escaped: Record<string, FluentVariable> = {}
  for (const [name, value] of Object.entries(args)) {
    escaped[name] =
      typeof value === 'string' ? escapeHtml(value) : typeof value === 'number' ? value : value.html
  }
  return escaped
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Makes any text safe inside Telegram's HTML. */
export function escapeHtml(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (char) => ESCAPES[char] ?? char) : text
}

/** A text without formatting, read back from what `escapeHtml` made safe. */
export function unescapeHtml(html: string): string {
  return html
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
}
