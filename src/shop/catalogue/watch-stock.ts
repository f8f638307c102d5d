import type { Reader } from '../../db/database.ts'
import { readSetting } from '../../db/settings.ts'
import { planForStaff } from '../notifications/plan.ts'
import { recordEvent } from '../record-event.ts'
import type { Actor, Work } from '../work.ts'

export const LOW_STOCK_SETTING = 'stock.low'
export const MOST_LOW_STOCK = 1_000
const DEFAULT_LOW_STOCK = 3

/** At how many pieces left staff are told that stock runs low; 0 tells them only when it is sold out. */
export function readLowStock(db: Reader): number {
  return Number(readSetting(db, LOW_STOCK_SETTING) ?? DEFAULT_LOW_STOCK)
}

/** What was just taken from the shelf: the stock before, and what is left now. */
export interface StockTaken {
  variantId: number
  title: string
  before: number
  left: number
}

/** Tells staff when stock has just become low, or sold out: as it happens, not again with every piece that follows. */
export function watchStock(work: Work, { variantId, title, before, left }: StockTaken, actor: Actor): void {
  if (left > MOST_LOW_STOCK) return
  const low = readLowStock(work.tx)
  const becameLow = before > low && left <= low
  if (left > 0 && !becameLow) return
  const event = { type: left > 0 ? 'stock_low' : 'stock_out', actor }
  const id = recordEvent(work, { ...event, orderId: null, data: { variantId, title, left } })
  planForStaff(work, { ...event, id })
}
