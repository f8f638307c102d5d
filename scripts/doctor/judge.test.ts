import { describe, expect, it, test } from 'vitest'
import type { FileState } from '../../src/db/inspect-file.ts'
import {
  judgeAddress,
  judgeBackups,
  judgeClock,
  judgeDelivery,
  judgeFile,
  judgeFolder,
  judgeNode,
  judgePort,
  judgePush,
  judgeSpace,
} from './judge.ts'

const MIB = 1024 * 1024
const HOUR = 3_600_000
const NOW = Date.UTC(2026, 0, 5, 9)
const WHOLE: FileState = { schema: 3, newest: 3, journal: 'wal', damage: [], lostReferences: 0 }

test.each([
  ['24.21.0', '✓'],
  ['26.0.0', '✓'],
  ['22.19.0', '✗'],
])('Node %s: %s', (version, mark) => {
  expect(judgeNode(version).mark).toBe(mark)
})

test.each([
  [{ free: 10_000 * MIB, file: 100 * MIB }, '✓'],
  [{ free: 464 * MIB, file: 100 * MIB }, '✓'],
  [{ free: 463 * MIB, file: 100 * MIB }, '⚠'],
  [{ free: 232 * MIB, file: 100 * MIB }, '⚠'],
  [{ free: 231 * MIB, file: 100 * MIB }, '✗'],
  [{ free: 0, file: 0 }, '✗'],
])('room of %j: %s', (room, mark) => {
  expect(judgeSpace({ disk: 'disk', ...room }).mark).toBe(mark)
})

test.each([
  [0, '✓', 'within 0 s'],
  [-30_000, '✓', 'within 30 s'],
  [31_000, '⚠', '31 s behind'],
  [-90_000, '⚠', '90 s before'],
])('a clock that is off by %i ms: %s', (offset, mark, words) => {
  expect(judgeClock(offset)).toMatchObject({ mark, found: expect.stringContaining(words) })
})

test.each([
  [[], 6, '⚠', 'none yet'],
  [[NOW + HOUR], 6, '⚠', 'none yet'],
  [[NOW - 5_000, NOW - HOUR], 6, '✓', '1 min old'],
  [[NOW - 12 * HOUR], 6, '✓', '12 h old'],
  [[NOW - 13 * HOUR, NOW + HOUR], 6, '⚠', '13 h old'],
  [[NOW - 999 * HOUR], 0, '✓', '999 h old'],
])('backups of %j where one is made every %i h: %s', (times, hours, mark, words) => {
  const judged = judgeBackups({ place: 'backups:', times, everyMs: hours * HOUR }, NOW)
  expect(judged).toMatchObject({ mark, found: expect.stringContaining(words) })
})

describe('the file', () => {
  const marks = (state: Partial<FileState>) => judgeFile({ ...WHOLE, ...state }).map(({ mark }) => mark)

  it('is well when it is whole and of the newest schema', () => {
    expect(marks({})).toEqual(['✓', '✓', '✓', '✓'])
  })

  it('says what is wrong, and nothing else once it is damaged', () => {
    expect(marks({ damage: ['Tree 5 page 7'] })).toEqual(['✗'])
    expect(marks({ lostReferences: 2 })).toEqual(['✓', '✗', '✓', '✓'])
    expect(marks({ schema: 4 })).toEqual(['✓', '✓', '✗', '✓'])
    expect(marks({ schema: 2 })).toEqual(['✓', '✓', '–', '✓'])
    expect(marks({ journal: 'delete' })).toEqual(['✓', '✓', '✓', '⚠'])
  })
})

describe('how updates arrive', () => {
  const judged = (wantedUrl: string, delivery: object) =>
    judgeDelivery(
      {
        username: 'shop',
        wantedUrl,
        delivery: { url: '', has_custom_certificate: false, pending_update_count: 0, ...delivery },
      },
      NOW,
    ).map(({ mark, found }) => `${mark} ${found}`)
  const url = 'https://shop.example/telegram/secret'
  const failed = { url, last_error_message: 'Connection refused' }

  it('is well when it is as the settings say', () => {
    expect(judged('', {})).toEqual(['✓ updates: fetched by the shop, 0 waiting'])
    expect(judged(url, { url })).toEqual(['✓ updates: posted to the shop, 0 waiting'])
    expect(judged(url, { ...failed, last_error_date: (NOW - 2 * HOUR) / 1000 })).toHaveLength(1)
  })

  it('is said when it is not, without the secret in the address', () => {
    expect(judged('', { url })).toEqual([
      '✗ updates: Telegram posts them to shop.example, which is not what UPDATES says',
    ])
    expect(judged(url, {})).toEqual(['✗ updates: Telegram waits to be asked, which is not what UPDATES says'])
    expect(judged('', { pending_update_count: 21 })).toEqual(['⚠ updates: 21 are waiting'])
    expect(judged(url, { ...failed, last_error_date: (NOW - 60_000) / 1000 })).toEqual([
      '⚠ updates: Telegram could not post 1 min ago: Connection refused',
    ])
  })
})

test.each([
  ['ours', 200, true, '✓', 'runs here on port 8080'],
  ['ours', 503, true, '⚠', 'is not open on port 8080'],
  ['ours', 200, false, '✗', 'another data folder'],
  ['theirs', 200, true, '✗', 'another LittleShop answers on port 8080'],
  ['theirs', 503, false, '✗', 'another LittleShop answers on port 8080'],
  [null, 200, false, '✗', 'something else answers on port 8080'],
  [undefined, 0, false, '–', 'not running here'],
  [undefined, 0, true, '⚠', 'is not open on port 8080'],
])('%s answers %i on the port, the folder in use: %j: %s', (who, status, isFolderUsed, mark, words) => {
  const answer = who === undefined ? undefined : { status, location: null, mark: who }
  const judged = judgePort({ port: 8080, mark: 'ours', answer, isFolderUsed })
  expect(judged).toMatchObject({ mark, found: expect.stringContaining(words) })
})

test.each([
  [{ status: 200, location: null, mark: 'ours' }, '✓', '✓'],
  [{ status: 200, location: null, mark: 'theirs' }, '✗', '✗'],
  [{ status: 301, location: 'https://other.example/', mark: null }, '✗', '✗'],
  [{ status: 502, location: null, mark: null }, '✗', '⚠'],
  [undefined, '✗', '⚠'],
])('an address that answers %j: %s while the shop runs, %s while it does not', (answer, running, stopped) => {
  const seen = { url: 'https://shop.example', mark: 'ours', answer }
  expect(judgeAddress({ ...seen, isRunning: true }).mark).toBe(running)
  expect(judgeAddress({ ...seen, isRunning: false }).mark).toBe(stopped)
})

test('an address over which Telegram opens no panel is broken, even where this shop answers', () => {
  const answer = { status: 200, location: null, mark: 'this' }
  const judged = (url: string) => judgeAddress({ url, mark: 'this', answer, isRunning: true }).mark
  expect(['http://shop.example', 'https://shop.example', 'http://127.0.0.1:8080'].map(judged)).toEqual([
    '✗',
    '✓',
    '✓',
  ])
})

test.each([
  [{}, ['✓']],
  [{ closed: '/data/shop.db' }, ['✗']],
  [{ foreign: '/data/shop.db' }, ['✓', '⚠']],
  [{ isLost: true }, ['✓', '✗']],
])('a folder with %j: %s', (state, marks) => {
  const well = { folder: '/data', closed: undefined, foreign: undefined, isLost: false }
  expect(judgeFolder({ ...well, ...state }).map(({ mark }) => mark)).toEqual(marks)
})

test('push services that do not answer are named', () => {
  const judged = (silent: string[]) => judgePush('mailto:olga@shop.example', silent).map(({ mark }) => mark)
  expect(judged([])).toEqual(['✓', '✓'])
  expect(judged(['web.push.apple.com'])).toEqual(['✓', '⚠'])
})
