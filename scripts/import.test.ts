import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { givenOrder, givenShop } from '../tests/given.ts'

const SCRIPT = join(import.meta.dirname, 'import.ts')
const GOOD = 'Handle,Title,Price,Inventory quantity\nmug,Mug,18.00,3\n'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-script-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function runImport(content: string, args: string[] = [], settings: Record<string, string> = {}) {
  const path = join(folder, 'products.csv')
  writeFileSync(path, content)
  const env = { ...process.env, DATA_DIR: join(folder, 'data'), CURRENCY: 'EUR', ...settings }
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, path, ...args], {
    env,
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('shows a plan, applies it when asked, and then has nothing more to do', () => {
  const preview = runImport(GOOD)
  expect(preview).toMatchObject({ status: 0, stderr: '' })
  expect(preview.stdout).toContain('Nothing has been changed yet. To do it: npm run import -- ')
  expect(existsSync(join(folder, 'data'))).toBe(false)
  expect(runImport(GOOD, ['--apply']).stdout).toContain('Done: 1 added, 0 changed.')
  expect(runImport(GOOD, ['--apply']).stdout).toContain('Nothing to change.')
})

test('reads no prices in another currency than that of the orders there are', () => {
  const shop = givenShop()
  givenOrder(shop)
  for (const more of [[], ['--apply']]) {
    const { status, stderr } = runImport(GOOD, more, { DATA_DIR: shop.folder, CURRENCY: 'JPY' })
    expect(status).toBe(1)
    expect(stderr).toMatch(/CURRENCY is JPY, but this shop's orders are in EUR.*\nNothing was changed\.\n$/)
  }
})

test('exits with 2 when some rows were refused and with 1 when the file cannot be read', () => {
  expect(runImport(`${GOOD}cup,Cup,free,1\n`, ['--apply']).status).toBe(2)
  const unreadable = runImport('a,b\n1,2\n', ['--apply'])
  expect(unreadable).toMatchObject({ status: 1, stdout: '' })
  expect(unreadable.stderr).toMatch(/It has no column “Handle”.*\nNothing was changed\.\n$/)
})
