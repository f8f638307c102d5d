import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, it } from 'vitest'
import { SETTING_NAMES } from '../src/config.ts'
import { givenFolder } from './given.ts'

const ROOT = join(import.meta.dirname, '..')
const GUIDES = ['README.md', 'docs/deploy.md', 'docs/running.md', 'docs/backup.md']
/** Settings of the demo, not of the shop. */
const OTHER_NAMES = ['DEMO_DIR']

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

describe.each(GUIDES)('%s', (file) => {
  const text = read(file)

  it('names only commands there are, and the files they run exist', () => {
    const named = [...text.matchAll(/npm (?:--prefix \S+ )?run ([\w:-]+)/g)].map((match) => match[1] ?? '')
    expect(named.length).toBeGreaterThan(0)
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named))
    const files = [...text.matchAll(/\b(?:node|vitest run)\b[^\n`]*/g)].flatMap(
      ([line]) => line.match(/\S+\.ts\b/g) ?? [],
    )
    expect(files.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('names only settings there are', () => {
    const named = [...text.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z]+)+)(?:=[^`]*)?`/g)].map(
      (match) => match[1] ?? '',
    )
    expect(
      named.filter((name) => !(SETTING_NAMES as string[]).includes(name) && !OTHER_NAMES.includes(name)),
    ).toEqual([])
  })

  it('leads only to pages and headings there are', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)]+)\)/g)].map((match) => match[1] ?? '')
    const wrong = links.filter((link) => {
      const [path = '', heading] = link.split('#')
      const target = path ? join(file, '..', path) : file
      return !existsSync(join(ROOT, target)) || (heading && !headingsOf(read(target)).includes(heading))
    })
    expect(wrong).toEqual([])
  })
})

function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )
}

it('.env.example explains every setting there is, and no other', () => {
  expect(Object.keys(parseEnv(read('.env.example'))).sort()).toEqual([...SETTING_NAMES].sort())
})

it('what the guide hands to Fly as secrets is what is set, without what fly.toml says about the machine', () => {
  const [line = ''] = /^grep .*(?= \| fly secrets import)/m.exec(read('docs/deploy.md')) ?? []
  expect(line).not.toBe('')
  const folder = givenFolder()
  const text = read('.env.example')
    .replace(/^METRICS_PORT=.*/m, 'METRICS_PORT=9091')
    .replace(/^BOT_TOKEN=/m, 'BOT_TOKEN=1:a=b')
  writeFileSync(join(folder, '.env'), text)
  const secrets = parseEnv(execFileSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' }))
  expect(secrets).toMatchObject({ BOT_TOKEN: '1:a=b', CURRENCY: 'EUR' })
  expect(secrets).not.toHaveProperty('SMTP_URL')
  const [, env = ''] = /^\[env\]\n((?: .*\n)+)/m.exec(read('fly.toml')) ?? []
  for (const name of [...env.matchAll(/^ +(\w+) =/gm)].map((match) => match[1] ?? ''))
    expect(secrets).not.toHaveProperty(name)
  expect(secrets).not.toHaveProperty('HOST')
})

it('what the guide does to fly.toml sets the name of the shop, and nothing else', () => {
  const [line = ''] = /^sed .*fly\.toml.*/m.exec(read('docs/deploy.md')) ?? []
  expect(line).not.toBe('')
  const folder = givenFolder()
  writeFileSync(join(folder, 'fly.toml'), read('fly.toml'))
  execFileSync('sh', ['-c', line], { cwd: folder })
  expect(readdirSync(folder)).toEqual(['fly.toml'])
  const after = readFileSync(join(folder, 'fly.toml'), 'utf8').split('\n')
  const changed = after.filter((text, at) => text !== read('fly.toml').split('\n')[at])
  expect(changed).toEqual(['app = "my-shop"'])
})
