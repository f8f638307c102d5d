import { expect, it } from 'vitest'
import { aboutBackup, adviceOf, planWords, verdictOf } from './backup-words.ts'

const NONE = {
  backups: [],
  since: null,
  failure: null,
  bucket: null,
  everyHours: 6,
  keepDays: 30,
  sealed: false,
}
const BUCKET = { name: 'shop', trouble: null }
const ONE = {
  name: 'littleshop-20261129T113000Z-before-schema-4.backup',
  at: 1,
  reason: 'before-schema-4',
  sealed: false,
  size: 1_250_000,
  places: ['folder' as const, 'bucket' as const],
}

it('says how it stands, the worst first', () => {
  expect(verdictOf(NONE).word).toBe('None yet')
  expect(verdictOf({ ...NONE, backups: [ONE] })).toMatchObject({ tone: 'good', word: 'Backed up' })
  expect(verdictOf({ ...NONE, backups: [ONE], bucket: { name: 'shop', trouble: 'no' } }).tone).toBe('bad')
  const failure = { since: 1, at: 2, words: 'no room' }
  expect(verdictOf({ ...NONE, backups: [ONE], failure })).toMatchObject({ word: 'The last one failed' })
})

it('says what is set, and what had better be', () => {
  expect(planWords(NONE)).toBe('Every 6 hours, on this machine only, kept for 30 days.')
  expect(planWords({ ...NONE, everyHours: 0, bucket: BUCKET, sealed: true })).toBe(
    'Only when asked for, on this machine and in the bucket shop, kept for 30 days, encrypted.',
  )
  expect(adviceOf(NONE)).toContain('S3_ENDPOINT')
  expect(adviceOf({ ...NONE, bucket: BUCKET })).toContain('BACKUP_KEY')
  expect(adviceOf({ ...NONE, bucket: BUCKET, sealed: true })).toBeUndefined()
})

it('says of each why and where', () => {
  expect(aboutBackup(ONE)).toBe('Before an update · machine and bucket')
})
