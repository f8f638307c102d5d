import type { BackupName } from './backup-name.ts'

const DAY_MS = 24 * 3_600_000
const KEEP_ALL_MS = 2 * DAY_MS
const KEEP_MONTHLY_MS = 366 * DAY_MS

/**
 * The names of the backups to keep: all of the last two days, the last of each day for `keepDays` days, the last of each
 * month for a year, and the newest in any case. Days and months are UTC's. A shop that fails to change its schema tries, and
 * backs up, at each start: of those only the newest counts.
 */
export function chooseKept(
  backups: readonly BackupName[],
  { now, keepDays }: { now: number; keepDays: number },
): Set<string> {
  const newestFirst = backups.toSorted((a, b) => b.at - a.at || (a.name < b.name ? 1 : -1))
  const kept = new Set<string>()
  const filled = new Set<string>()
  for (const { name, at, reason } of newestFirst) {
    const age = now - at
    if (reason.startsWith('before-') && !take(reason)) continue
    const iso = new Date(at).toISOString()
    const isLastOfDay = take(iso.slice(0, 10))
    const isLastOfMonth = take(iso.slice(0, 7))
    const isDue =
      age <= KEEP_ALL_MS ||
      (isLastOfDay && age <= keepDays * DAY_MS) ||
      (isLastOfMonth && age <= KEEP_MONTHLY_MS)
    if (isDue || kept.size === 0) kept.add(name)
  }
  return kept

  /** Whether this is the first, so the newest, to take that place. */
  function take(place: string): boolean {
    if (filled.has(place)) return false
    filled.add(place)
    return true
  }
}
