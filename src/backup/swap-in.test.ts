import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { givenFolder } from '../../tests/given.ts'
import { HalfReplaced, swapIn } from './swap-in.ts'

it('says so when only a part could be replaced, and leaves a database there', async () => {
  const data = givenFolder()
  for (const name of ['media', 'fresh', 'fresh/media']) mkdirSync(join(data, name))
  writeFileSync(join(data, 'shop.db'), 'old')
  const failing = swapIn(data, join(data, 'fresh'), Date.UTC(2026, 0, 5))
  await expect(failing).rejects.toThrow(HalfReplaced)
  await expect(failing).rejects.toThrow(/in part: ENOENT.*before-restore-20260105T000000Z\. Mend/)
  expect(readFileSync(join(data, 'shop.db'), 'utf8')).toBe('old')
  expect(readFileSync(join(data, 'before-restore-20260105T000000Z', 'shop.db'), 'utf8')).toBe('old')
})
