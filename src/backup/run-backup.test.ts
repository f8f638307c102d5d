import { mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { givenFolder } from '../../tests/given.ts'
import { nameBackup } from './backup-name.ts'
import { runBackup } from './run-backup.ts'

const DAY_MS = 24 * 3_600_000
const NOW = Date.UTC(2026, 0, 31, 9)

/** A shop whose file cannot be backed up, and a backup of each of thirty days. */
function givenFailing() {
  const dataDir = givenFolder()
  const folder = join(dataDir, 'backups')
  mkdirSync(folder)
  for (let days = 0; days < 30; days++) {
    const name = nameBackup({ at: NOW - days * DAY_MS, reason: 'scheduled', sealed: false })
    writeFileSync(join(folder, name), 'a backup')
  }
  const file = join(dataDir, 'shop.db')
  writeFileSync(file, 'no database')
  const run = () =>
    runBackup({ dataDir, folder, key: undefined, keepDays: 7, bucket: undefined, reason: 'asked', now: NOW })
  return {
    file,
    run,
    count: () => readdirSync(folder).filter((name) => name.startsWith('littleshop-')).length,
  }
}

it('removes old ones before the new one is there only where they take its room', async () => {
  const { file, run, count } = givenFailing()
  await expect(run()).rejects.toThrow('not a database')
  expect(count()).toBe(30)
  // It has holes, and takes no room itself.
  truncateSync(file, 8e12)
  await expect(run()).rejects.toThrow('not enough room')
  expect(count()).toBe(8)
})
