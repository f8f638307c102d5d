import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const texts = globSync('locales/en/*.ftl')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')
const known = new Set([...texts.matchAll(/^([\w-]+) =/gm)].map((match) => match[1]))
const source = globSync('src/bot/**/*.ts')
  .filter((file) => !file.endsWith('.test.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')

test('every text the bot names exists, and every text of the chat is used', () => {
  const named = [...source.matchAll(/\b(?:say|plain|label)\(\s*ctx,\s*'([\w-]+)'/g)].map((match) => match[1])
  expect(named.filter((id) => !known.has(id))).toEqual([])

  const prefixes = [...source.matchAll(/`([\w-]+-)\$\{/g)].map((match) => match[1] ?? '')
  const chat = readFileSync('locales/en/chat.ftl', 'utf8')
  const ids = [...chat.matchAll(/^([\w-]+) =/gm)].map((match) => match[1] ?? '')
  const unused = ids.filter(
    (id) => !source.includes(`'${id}'`) && !prefixes.some((start) => id.startsWith(start)),
  )
  expect(unused).toEqual([])
})
