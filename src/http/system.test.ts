import { expect, it } from 'vitest'
import { givenApi } from '../../tests/given-api.ts'
import type { JobRuns, SystemReport } from './contract/system.ts'

it('says how the shop runs', async () => {
  const { shop, staff } = givenApi()
  const { status, body } = await staff('manager').call<SystemReport>('GET', '/system')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    now: shop.clock.now(),
    startedAt: shop.clock.now(),
    commit: null,
    database: { orders: 0 },
    telegram: { updates: 'polling', lastUpdateAt: null },
    channels: { push: true, mail: true },
  })
  expect(body.version).toMatch(/^\d+\.\d+\.\d+$/)
  expect(body.database.schema).toBeGreaterThanOrEqual(4)
  for (const bytes of [body.database.bytes, body.database.walBytes, body.disk.freeBytes, body.residentBytes])
    expect(bytes).toBeGreaterThan(0)
  expect(body.disk.totalBytes).toBeGreaterThan(body.disk.freeBytes)
  expect(body.targets).toHaveLength(6)
  const job = body.jobs.find(({ name }) => name === 'expire-orders')
  expect(job).toMatchObject({ does: 'Expire unpaid orders', runs: 0, runningSince: null, isStuck: false })
  expect(job?.nextAt).toBeGreaterThan(0)
})

it('has a job run for the owner, and shows the run', async () => {
  const { staff } = givenApi()
  const { call } = staff('owner', 'Olga')
  const { status, body } = await call<SystemReport>('POST', '/system/jobs/check-books/run')
  expect(status).toBe(200)
  expect(body.jobs.map(({ name }) => name)).toContain('check-books')
  const runs = async () => (await call<JobRuns>('GET', '/system/jobs/check-books/runs')).body.runs
  await expect.poll(runs).toMatchObject([{ done: 0, error: null, period: null, askedBy: 'Olga' }])
  expect((await call('POST', '/system/jobs/nothing/run')).status).toBe(404)
})

it('is not for packers, and only owners run jobs', async () => {
  const { staff } = givenApi()
  const packer = staff('packer').call
  expect((await packer('GET', '/system')).status).toBe(403)
  expect((await packer('GET', '/system/jobs/checkpoint/runs')).status).toBe(403)
  expect((await packer('POST', '/system/jobs/checkpoint/run')).status).toBe(403)
  expect((await staff('manager').call('POST', '/system/jobs/checkpoint/run')).status).toBe(403)
})
