import type { Reader, Tx } from '../../db/database.ts'
import { readSetting, removeSetting, saveSetting } from '../../db/settings.ts'

const KEY = 'stars.minor_per_hundred'

/** What 100 Stars count for, in minor units of the shop's currency; null while the owner has not said so. */
export function readStarsRate(db: Reader): number | null {
  const value = readSetting(db, KEY)
  return value === undefined ? null : Number(value)
}

/** Sets what 100 Stars count for; null takes it back, and Stars are not taken any more. */
export function saveStarsRate(tx: Tx, hundredStarsMinor: number | null): void {
  if (hundredStarsMinor === null) removeSetting(tx, KEY)
  else saveSetting(tx, KEY, String(hundredStarsMinor))
}

/** How many Stars an amount costs: whole ones, rounded up, so that the shop never gets less than its price. */
export function starsFor(orderMinor: number, hundredStarsMinor: number): number {
  return Math.ceil((orderMinor * 100) / hundredStarsMinor)
}
