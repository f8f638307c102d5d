import { globSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

// docs/architecture.md, "Which way imports point". The rim folders never import one another; app.ts introduces them.
const MAY_IMPORT: Record<string, string[]> = {
  lib: ['lib'],
  db: ['db', 'lib'],
  shop: ['shop', 'db', 'lib'],
  bot: ['bot', 'shop', 'db', 'lib'],
  http: ['http', 'shop', 'db', 'lib'],
  push: ['push', 'shop', 'db', 'lib'],
  mail: ['mail', 'shop', 'db', 'lib'],
  jobs: ['jobs', 'shop', 'db', 'lib'],
  btcpay: ['btcpay', 'shop', 'db', 'lib'],
  pictures: ['pictures', 'lib'],
  backup: ['backup', 'shop', 'db', 'lib'],
}

const HOME: Record<string, string[]> = {
  kysely: ['db'],
  'better-sqlite3': ['db'],
  grammy: ['bot'],
  '@grammyjs': ['bot'],
  hono: ['http'],
  '@hono': ['http'],
  'node-cron': ['jobs'],
  'web-push': ['push'],
  nodemailer: ['mail'],
  'age-encryption': ['backup'],
  '@bradenmacdonald/s3-lite-client': ['backup'],
}

interface Import {
  file: string
  from: string
  target: string
  typeOnly: boolean
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8')
  const folder = file.split('/')[1] ?? ''
  return [...text.matchAll(/^(?:import|export) (type )?[^'"]*?from '([^']+)'/gms)].map((match) => ({
    file,
    from: folder,
    target: match[2] ?? '',
    typeOnly: match[1] !== undefined,
  }))
}

const sources = globSync('src/*/**/*.ts').filter((file) => !file.endsWith('.test.ts'))
const imports = sources.flatMap(importsOf)

function folderOf({ file, target }: Import): string | undefined {
  return normalize(join(file, '..', target)).split('/')[1]
}

describe('the import rule', () => {
  it('reads the sources', () => {
    expect(imports.length).toBeGreaterThan(100)
  })

  it('points one way: lib ← db ← shop ← rim', () => {
    const wrong = imports
      .filter(({ target }) => target.startsWith('.'))
      .filter((found) => !MAY_IMPORT[found.from]?.includes(folderOf(found) ?? ''))
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([])
  })

  it('keeps each technology in its folder', () => {
    const wrong = imports.filter(({ from, target }) => {
      const name = Object.keys(HOME).find((home) => target === home || target.startsWith(`${home}/`))
      return name !== undefined && !HOME[name]?.includes(from)
    })
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([])
  })

  it('lets the panel take only the contract from the server', () => {
    const panel = globSync('miniapp/src/**/*.{ts,tsx}').flatMap(importsOf)
    const wrong = panel.filter(
      ({ target }) => target.includes('src/') && !target.includes('src/http/contract/'),
    )
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([])
  })
})
