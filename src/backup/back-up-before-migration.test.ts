import { copyFileSync, createReadStream, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { existing, givenFolder } from '../../tests/given.ts'
import { migrate, newestSchema, schemaChange } from '../db/migrate.ts'
import { backUpBeforeMigration } from './back-up-before-migration.ts'
import { openBackup } from './backup-file.ts'

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations')
const NOW = Date.UTC(2026, 0, 5, 9)

/** A shop's folder as the version before wrote it. */
function givenOlder() {
  const dataDir = givenFolder()
  const older = join(dataDir, 'migrations')
  mkdirSync(older)
  for (const name of readdirSync(MIGRATIONS).sort().slice(0, -1)) {
    copyFileSync(join(MIGRATIONS, name), join(older, name))
  }
  migrate(join(dataDir, 'shop.db'), older)
  const settings = {
    folder: join(dataDir, 'backups'),
    everyMs: 0,
    keepDays: 30,
    key: undefined,
    bucket: undefined,
  }
  return { dataDir, settings, file: join(dataDir, 'shop.db') }
}

it('backs up the older schema once, and nothing when there is nothing to change', async () => {
  const { dataDir, settings, file } = givenOlder()
  await backUpBeforeMigration(dataDir, settings, NOW)
  // As when the change fails, and the shop starts again.
  await backUpBeforeMigration(dataDir, settings, NOW + 5_000)
  const names = readdirSync(settings.folder)
  expect(names).toEqual([`littleshop-20260105T090005Z-before-schema-${newestSchema()}.backup`])
  const source = createReadStream(join(settings.folder, existing(names[0])))
  const { about, close } = await openBackup(source, { sealed: false, key: undefined })
  close()
  expect(about.schema).toBe(newestSchema() - 1)
  migrate(file)
  rmSync(settings.folder, { recursive: true })
  await backUpBeforeMigration(dataDir, settings, NOW)
  expect(readdirSync(dataDir)).not.toContain('backups')
})

it('lets nothing change when the backup fails', async () => {
  const { dataDir, settings, file } = givenOlder()
  writeFileSync(settings.folder, 'in the way')
  await expect(backUpBeforeMigration(dataDir, settings, NOW)).rejects.toThrow(
    /the backup before it failed, so nothing was changed: .*(EEXIST|ENOTDIR)/,
  )
  expect(schemaChange(file)).toBe(newestSchema())
})
