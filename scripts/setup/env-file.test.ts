import {
  chmodSync,
  linkSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { givenFolder } from '../../tests/given.ts'
import { readEnvFile, writeEnvFile } from './env-file.ts'

const OLD = '# The bot\nBOT_TOKEN=\n\n# Mine\nNOTE="a # b"\n'
const NEW = '# The bot\nBOT_TOKEN=1:a\n\n# Mine\nNOTE="a # b"\n'

function givenEnvFile() {
  const folder = givenFolder()
  const path = join(folder, '.env')
  writeFileSync(path, OLD)
  const write = (at = path) => writeEnvFile(at, readEnvFile(at), { BOT_TOKEN: '1:a' })
  return { folder, path, write }
}

it('the old file is never written to: at every moment there is one that is whole', async () => {
  const { folder, path, write } = givenEnvFile()
  const old = join(folder, 'old')
  linkSync(path, old)
  await write()
  expect(readFileSync(path, 'utf8')).toBe(NEW)
  expect(readFileSync(old, 'utf8')).toBe(OLD)
  expect(readdirSync(folder).sort()).toEqual(['.env', 'old'])
})

it('whoever may read the file may still, and nobody else', async () => {
  const { path, write } = givenEnvFile()
  chmodSync(path, 0o640)
  await write()
  expect(statSync(path).mode & 0o777).toBe(0o640)
})

it('a link to a file elsewhere stays one', async () => {
  const { folder, path, write } = givenEnvFile()
  const link = join(folder, 'link')
  symlinkSync(path, link)
  await write(link)
  expect(lstatSync(link).isSymbolicLink()).toBe(true)
  expect(readFileSync(path, 'utf8')).toBe(NEW)
})
