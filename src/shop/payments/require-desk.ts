import { ShopError } from '../../lib/shop-error.ts'
import type { Actor } from '../work.ts'

/** Money is the business of owners and managers. Throws a ShopError forbidden for anybody else. */
export function requireDesk(actor: Actor): void {
  if (actor.kind === 'staff' && (actor.role === 'owner' || actor.role === 'manager')) return
  throw new ShopError('forbidden', 'Only owners and managers decide about money.')
}
