import { describe, expect, it } from 'vitest'
import type { JobStanding, ShopTarget, SystemReport } from '../../../src/http/contract/system.ts'
import { problemsOf } from './problems.ts'
import { barOf, basisWords, countWords, limitWords } from './target-words.ts'

const GB = 1_000_000_000

const JOB: JobStanding = {
  name: 'check-books',
  does: 'Check the books',
  lastStartedAt: 1,
  tookMs: 5,
  succeededAt: 1,
  runs: 9,
  failures: 0,
  failingSince: null,
  failingRuns: 0,
  lastError: null,
  runningSince: null,
  isStuck: false,
  nextAt: 2,
}

const TARGET: ShopTarget = {
  name: 'admin_response_seconds',
  value: 600,
  limit: 3_600,
  isMet: true,
  count: 12,
  span: 'week',
}

const WELL: SystemReport = {
  now: 10,
  startedAt: 1,
  version: '1.0.0',
  commit: null,
  targets: [TARGET],
  jobs: [JOB],
  backupFailure: null,
  database: { bytes: 5_000_000, walBytes: 100_000, orders: 3, schema: 4 },
  disk: { freeBytes: GB, totalBytes: 2 * GB },
  residentBytes: 90_000_000,
  telegram: { updates: 'polling', lastUpdateAt: null },
  channels: { push: false, mail: false },
}

const titles = (report: Partial<SystemReport>) => problemsOf({ ...WELL, ...report }).map(({ title }) => title)

describe('what is wrong', () => {
  it('is nothing while all is well, also where nothing has happened yet', () => {
    expect(titles({})).toEqual([])
    expect(titles({ targets: [{ ...TARGET, value: null, isMet: null, count: 0 }] })).toEqual([])
  })

  it('is a promise that is missed, with what was promised', () => {
    expect(titles({ targets: [{ ...TARGET, value: 7_200, isMet: false }] })).toEqual([
      'Orders accepted: 2 h, promised under 1 h',
    ])
  })

  it('is a job that fails or hangs, with its own words', () => {
    const failing = { ...JOB, failingSince: 7, failingRuns: 1, lastError: 'disk full' }
    expect(problemsOf({ ...WELL, jobs: [failing] })).toMatchObject([
      { title: '“Check the books” fails', words: expect.stringContaining('Disk full.'), since: 7 },
    ])
    const stuck = { ...JOB, runningSince: 3, isStuck: true }
    expect(problemsOf({ ...WELL, jobs: [stuck] })).toMatchObject([
      { title: '“Check the books” is stuck', since: 3 },
    ])
  })

  it('is a backup that fails', () => {
    const backupFailure = { since: 7, at: 9, words: 'the bucket shop answered 403' }
    expect(problemsOf({ ...WELL, backupFailure })).toMatchObject([
      { title: 'Backups fail', words: expect.stringContaining('The bucket shop answered 403.'), since: 7 },
    ])
  })

  it('is a disk on which no backup has room, or a log that grows', () => {
    expect(titles({ disk: { freeBytes: 199_000_000, totalBytes: GB } })).toEqual(['The disk is almost full'])
    const large = { ...WELL.database, bytes: 600_000_000 }
    expect(titles({ database: large })).toEqual(['The disk is almost full'])
    expect(titles({ database: { ...WELL.database, walBytes: 101_000_000 } })).toEqual([
      "The database's log keeps growing",
    ])
  })

  it('stands in front: what stops the shop before what is slow', () => {
    const failing = { ...JOB, failingSince: 7, lastError: 'x' }
    const missed = { ...TARGET, value: 7_200, isMet: false }
    const all = titles({ targets: [missed], jobs: [failing], disk: { freeBytes: 1, totalBytes: GB } })
    expect(all.map((title) => title.split(/[ :]/)[0])).toEqual(['The', '“Check', 'Orders'])
  })
})

it('words and bars of a target', () => {
  expect(basisWords(TARGET)).toBe('95 of 100 within this, from placed or paid to accepted')
  expect(countWords(TARGET)).toBe('12 orders in 7 days')
  expect(countWords({ ...TARGET, count: 1, span: 'day' })).toBe('1 order in 24 hours')
  expect(limitWords({ ...TARGET, name: 'notice_coverage_ratio', limit: 1 })).toBe('100 %')
  expect(barOf({ ...TARGET, value: 1_800 })).toEqual({ value: 1 / 3, limit: 2 / 3 })
  expect(barOf({ ...TARGET, value: 36_000 }).value).toBe(1)
  expect(barOf({ ...TARGET, name: 'notice_coverage_ratio', value: 0.9, limit: 1 })).toEqual({
    value: 0.9,
    limit: 1,
  })
})
