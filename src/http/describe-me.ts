import type { StaffSession } from '../shop/staff/sessions.ts'
import { readShopName } from '../shop/staff/shop-settings.ts'
import type { Shop } from '../shop/work.ts'
import type { Me } from './contract/session.ts'

/** The signed-in member of staff, and the shop they are in. */
export function describeMe(shop: Shop, session: StaffSession): Me {
  const { currency, timezone } = shop.settings
  const name = readShopName(shop.db)
  return { name: session.name, role: session.role, shop: { name, currency, timezone } }
}
