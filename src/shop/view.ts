import type { Reader } from '../db/database.ts'
import type { Providers } from './payments/provider.ts'
import type { Shop, ShopSettings, Work } from './work.ts'

/** The shop at one moment, to be read, inside a piece of work or outside. */
export interface View {
  db: Reader
  now: number
  settings: ShopSettings
  providers: Providers
}

/** The shop as it stands now. */
export function viewOf(shop: Shop | Work): View {
  const { settings, providers } = shop
  return 'tx' in shop
    ? { db: shop.tx, now: shop.now, settings, providers }
    : { db: shop.db, now: shop.clock.now(), settings, providers }
}
