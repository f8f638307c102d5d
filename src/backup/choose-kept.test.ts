import { expect, it } from 'vitest'
import { chooseSeed, seeded } from '../../tests/faults/random.ts'
import { nameBackup, type Reason, readBackupName } from './backup-name.ts'
import { chooseKept } from './choose-kept.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const NOW = Date.UTC(2026, 10, 29, 11, 30)

function backup(at: number, reason: Reason = 'scheduled') {
  return { name: nameBackup({ at, reason, sealed: false }), at, reason, sealed: false }
}

function kept(backups: ReturnType<typeof backup>[], keepDays = 30) {
  return [...chooseKept(backups, { now: NOW, keepDays })].map((name) => readBackupName(name)?.at ?? 0)
}

it('keeps all of two days, one a day for a month, one a month for a year', () => {
  const every6Hours = Array.from({ length: 2 * 365 * 4 }, (_, i) => backup(NOW - i * 6 * HOUR_MS))
  const times = kept(every6Hours)
  const aged = (from: number, to: number) => times.filter((at) => NOW - at >= from && NOW - at < to)
  expect(aged(0, 2 * DAY_MS)).toHaveLength(8)
  // The day on which the two days end has one of which all count; 28 days have one each.
  expect(aged(2 * DAY_MS, 30 * DAY_MS).length).toBeGreaterThanOrEqual(28)
  expect(new Set(aged(3 * DAY_MS, 30 * DAY_MS).map((at) => new Date(at).getUTCDate()))).toHaveLength(27)
  expect(aged(31 * DAY_MS, 366 * DAY_MS)).toHaveLength(11)
  expect(aged(367 * DAY_MS, Number.POSITIVE_INFINITY)).toEqual([])
  expect(times.every((at) => at >= NOW - 2 * DAY_MS || new Date(at).getUTCHours() === 23)).toBe(true)
})

it('never removes the newest, however old', () => {
  expect(kept([backup(NOW - 900 * DAY_MS), backup(NOW - 1_000 * DAY_MS)])).toEqual([NOW - 900 * DAY_MS])
})

it('keeps fewer days when told so', () => {
  const daily = Array.from({ length: 20 }, (_, i) => backup(NOW - i * DAY_MS))
  expect(kept(daily, 7).filter((at) => NOW - at > 7 * DAY_MS)).toEqual([])
  expect(kept(daily, 7)).toHaveLength(8)
})

it('keeps one of those that a crash loop made before the same schema change', () => {
  const loop = Array.from({ length: 50 }, (_, i) => backup(NOW - i * 20_000, 'before-schema-4'))
  expect(kept([...loop, backup(NOW - HOUR_MS), backup(NOW - 2 * HOUR_MS, 'before-schema-3')])).toEqual([
    NOW,
    NOW - HOUR_MS,
    NOW - 2 * HOUR_MS,
  ])
})

it('would keep, of what it kept, all', () => {
  const seed = chooseSeed()
  console.info(`retention: SEED=${seed}`)
  const random = seeded(seed)
  for (let round = 0; round < 50; round++) {
    const reasons: Reason[] = ['scheduled', 'asked', 'before-schema-2', 'before-schema-3']
    const backups = Array.from({ length: random.between(0, 200) }, () =>
      backup(NOW - random.between(0, 500 * 24) * HOUR_MS, random.pick(reasons)),
    )
    const wish = { now: NOW, keepDays: random.between(1, 40) }
    const once = chooseKept(backups, wish)
    const twice = chooseKept(
      backups.filter(({ name }) => once.has(name)),
      wish,
    )
    expect(twice).toEqual(once)
    expect(once.size > 0).toBe(backups.length > 0)
  }
})
