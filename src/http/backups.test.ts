import { writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { givenApi } from '../../tests/given-api.ts'
import { givenBackups } from '../../tests/given-backups.ts'
import { sql } from '../db/statement.ts'
import type { ShownBackups } from './contract/backups.ts'
import type { SystemReport } from './contract/system.ts'

it('shows owners all backups and makes one; one at a time, and for nobody else', async () => {
  const { shop, backups } = givenBackups()
  const { staff } = givenApi({ shop, backups })
  const owner = staff('owner').call<ShownBackups>
  expect((await owner('GET', '/backups')).body).toEqual({
    backups: [],
    since: null,
    failure: null,
    bucket: null,
    everyHours: 6,
    keepDays: 30,
    sealed: false,
  })
  const asked = await owner('POST', '/backups')
  expect(asked).toMatchObject({ status: 202, body: { since: shop.clock.now() } })
  expect(await owner('POST', '/backups')).toMatchObject({ status: 409 })
  const askers = sql.selectFrom('events').select('actor_name').where('type', '=', 'backup_asked')
  expect(shop.db.all(askers)).toEqual([{ actor_name: 'Olga' }])
  const manager = staff('manager', 'Mara').call
  expect((await manager('GET', '/backups')).status).toBe(403)
  expect((await manager('POST', '/backups')).status).toBe(403)
  await expect.poll(async () => (await owner('GET', '/backups')).body.since, { timeout: 50_000 }).toBeNull()
  const { body } = await owner('GET', '/backups')
  expect(body.backups).toMatchObject([{ reason: 'asked', places: ['folder'], at: shop.clock.now() }])
})

it('has the system page say that they fail, to managers, too', async () => {
  const { shop, backups, runDue, folder } = givenBackups()
  const { staff } = givenApi({ shop, backups })
  const { call } = staff('manager')
  const failure = async () => (await call<SystemReport>('GET', '/system')).body.backupFailure
  expect(await failure()).toBeNull()
  writeFileSync(folder, 'in the way')
  await expect(runDue()).rejects.toThrow('ENOTDIR')
  expect(await failure()).toMatchObject({
    since: shop.clock.now(),
    words: expect.stringContaining('ENOTDIR'),
  })
})
