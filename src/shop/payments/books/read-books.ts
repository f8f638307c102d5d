import {
  type BookDifferenceRow,
  findLastCheck,
  findUnfinishedCheck,
  listDifferences,
} from '../../../db/books.ts'
import { askAside } from '../../reports/ask-aside.ts'
import type { Shop } from '../../work.ts'
import type { Compared } from './check-books.ts'
import type { BookDay } from './sum-days.ts'

const DAYS = 30
const MOST_SHOWN = 200

export interface Books {
  checkedAt: number | null
  checking: boolean
  compared: Compared[]
  differences: BookDifferenceRow[]
  days: BookDay[]
}

/** How the books stand: the last check, what differs, and what the last thirty days brought, newest first. */
export async function readBooks(shop: Shop): Promise<Books> {
  const { db, clock, settings } = shop
  const days: BookDay[] = []
  const asked = { now: clock.now(), timezone: settings.timezone, days: DAYS }
  for await (const day of askAside(db, 'sumDays', asked)) days.push(...day)
  const last = findLastCheck(db)
  return {
    checkedAt: last?.finished_at ?? null,
    checking: findUnfinishedCheck(db) !== undefined,
    compared: last ? (JSON.parse(last.figures) as Compared[]) : [],
    differences: listDifferences(db, MOST_SHOWN),
    days,
  }
}
